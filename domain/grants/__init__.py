"""Grants 资助与购买服务: projects, grants, contracts."""
