"""Every mail about opportunities, applications and placements: one function, two templates."""
