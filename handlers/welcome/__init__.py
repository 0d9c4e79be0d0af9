"""The greeting and the menu."""
