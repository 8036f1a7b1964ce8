"""The directory: partner organisations and their people."""
