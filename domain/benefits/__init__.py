"""Benefits 社会救助与福利: schemes, people and households, entitlements, rolls, relief."""
