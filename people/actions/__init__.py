"""Every write about people: one module for each thing written."""
