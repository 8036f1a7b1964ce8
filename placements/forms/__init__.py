"""Forms of opportunities, applications and placements; they check and never save."""
