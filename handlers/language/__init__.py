"""The language of the conversation."""
