"""Giving blood: who may, how often, and what the figures rest on."""
