"""Opportunities, applications, decisions and placements: the core of the service."""
