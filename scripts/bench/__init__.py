"""How fast each path is, beside the limit or the peer that is measured in the same run.

What it proves: that no path wastes what PostgreSQL gives. Machines differ and drift from minute to
minute, so a goal is a ratio of two things measured by turns in one run, each the median of several
rounds; only memory and what a reader waits for have goals of their own.

`python -m scripts.bench` prints a table and keeps it, with facts about the machine, in `history`.
"""
