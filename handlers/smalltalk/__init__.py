"""A kind word back."""
