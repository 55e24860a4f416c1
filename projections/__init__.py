"""Views: tables grown from events and from nothing else."""
