"""What firms bring and associations seek."""
