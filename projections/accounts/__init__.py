"""Balances, fund statements and the journal."""
