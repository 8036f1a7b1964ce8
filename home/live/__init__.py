"""How the service is right now: what waits, what runs, and what should be impossible."""
