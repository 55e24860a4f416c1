"""The package of a year's end, as a workbook and as PDF."""
