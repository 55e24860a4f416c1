"""What an auditor takes along: evidence binders."""
