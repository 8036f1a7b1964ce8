"""Who suits what, and why: rules, points and recommendations."""
