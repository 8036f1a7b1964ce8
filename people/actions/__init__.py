"""Every write about people."""
