"""Matching in words."""
