"""Pages of opportunities, applications and placements."""
