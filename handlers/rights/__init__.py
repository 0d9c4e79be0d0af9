"""What a volunteer may do and is owed."""
