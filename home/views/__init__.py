"""Pages that need every app: what the service is, how it is doing, the scheme team's pages."""
