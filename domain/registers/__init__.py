"""Registers 名册与统计: registrations, entries, honours, tallies, statements, rules, areas."""
