"""People: found by what the vault holds of them, and their whole files (查人与卷宗)."""
