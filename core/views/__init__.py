"""Pages that belong to no app: errors, health, the gallery."""
