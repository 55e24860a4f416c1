"""Funds 资金: funds, donations, campaigns, goods, lottery reports."""
