"""The encrypted journal: rooms, keys, and what is kept.

Knows nothing of screens or of how a dialogue runs.
"""
