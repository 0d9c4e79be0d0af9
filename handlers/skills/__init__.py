"""Staff time given to an association, by a firm and by those who work there."""
