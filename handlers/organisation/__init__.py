"""An organisation: what it does, the rate for gifts to it, where to help."""
