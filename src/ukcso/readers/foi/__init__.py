"""Sheets of answers to freedom of information requests: cells, layout, and what they add up to."""
