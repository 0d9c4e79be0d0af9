"""What an association needs: said, kept, shown."""
