"""Figures (数据): what the yearly report counts, each with its formula, terms and events."""
