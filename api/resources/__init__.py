"""The resources that can be read, each with its rows, totals and columns."""
