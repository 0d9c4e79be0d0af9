"""Written answers, shown and asked about."""
