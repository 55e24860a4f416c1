"""Drills: what must hold when processes and databases die, done many times over (`make drills`).

Each module says at its top what it proves; the tests do the same a few times.
"""
