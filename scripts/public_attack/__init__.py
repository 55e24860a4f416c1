"""The attack on the open zone: what its answers over HTTP tell of few persons, taken together."""
