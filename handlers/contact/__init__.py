"""A person to reach."""
