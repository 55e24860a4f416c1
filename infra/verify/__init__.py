"""`mingzhang verify`: the invariants, checked over the whole store."""
