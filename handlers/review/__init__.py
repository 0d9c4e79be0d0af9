"""For those who moderate."""
