"""When nothing else fits, and distress before everything."""
