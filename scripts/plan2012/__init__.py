"""The plan of 2012: its targets, and a synthetic start of that year, beside whatever is there.

What it proves: that targets are statements with a period, that progress towards them comes from
events alone, and that two years stand in one ledger. Nothing here is a report: the plan's own
numbers are the targets, all else follows from a seed.

How: `year.commands` yields arrays of commands for the door, as the golden year does. What another
year may have brought already (areas, schemes) comes in arrays that are left out if it is there.
"""
