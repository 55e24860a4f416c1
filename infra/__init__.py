"""The machinery under the ledger."""
