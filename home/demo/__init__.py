"""The demo: invented people and partners, and believable things for them to do."""
