"""For who wants to help and does not know how."""
