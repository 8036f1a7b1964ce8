"""The letters of matching."""
