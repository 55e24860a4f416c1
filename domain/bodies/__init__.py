"""Bodies 机构: organisations, workers, facilities and placements, veterans."""
