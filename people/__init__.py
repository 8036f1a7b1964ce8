"""People, departments, skills and rights: who everybody is."""
