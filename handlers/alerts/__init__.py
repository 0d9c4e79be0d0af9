"""Saved searches that tell when something new fits, and news for those who asked."""
