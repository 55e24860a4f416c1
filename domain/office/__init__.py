"""The office 内部管理: roles, periods, webhooks."""
