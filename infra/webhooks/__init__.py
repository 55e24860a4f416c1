"""Webhooks: telling receivers that there is news."""
