"""Tests of the domain: history, one command, events or a refusal; all in memory."""
