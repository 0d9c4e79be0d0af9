"""Kinds of question: how each is asked, read from free text or a press, refused in words, and kept as JSON."""
