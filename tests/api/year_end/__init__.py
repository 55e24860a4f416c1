"""Tests of the package of a year's end."""
