"""Every write to opportunities, applications and placements."""
