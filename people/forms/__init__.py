"""Forms about people: they check what was typed and never save."""
