"""HTTP, pages, feed and command line of the ledger."""
