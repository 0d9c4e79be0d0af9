"""Expenses that a volunteer gives up: what they bring, and the note to sign."""
