"""Writes that need several apps at once."""
