"""A gift by a household: what it gives back, and how to declare it."""
