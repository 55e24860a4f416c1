"""Tests of the views and of the records: events in, rows or bytes out."""
