"""What every app stands on: lifecycles, references, dates, pages; no domain words live here."""
