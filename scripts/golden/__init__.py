"""The golden year: a synthetic 2007 that is sent through the same door as everybody's commands.

What it proves: that the year's report can be answered by query from events alone. Each figure is
the sum of payments, grants, donations and reports that follow from a rule (a rate, a tier, a
household's size and income, a dated share); no figure is typed in and no balancing line exists.

How: `plan` decides first, by arithmetic over a seed and a scale, who is entitled to what from when,
which line the bank returns, who dies, who is stopped between draw-up and release, and chooses
incomes and tiers such that the rules give the report's sums. `year.commands` then tells that year
day by day, as arrays of commands for the door, and listens to the receipts (a run's digest, the
position of an event to be reversed). The same seed and scale give the same commands for ever.
"""
