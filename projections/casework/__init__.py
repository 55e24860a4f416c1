"""Queries over several views: a household's aid, early warnings."""
