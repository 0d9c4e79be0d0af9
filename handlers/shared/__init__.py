"""What several topics show alike: the card of a result, a paper that is handed over."""
