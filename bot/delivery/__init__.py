"""What leaves: the sender that empties the outbox, the limits of the platform, what became of each attempt."""
