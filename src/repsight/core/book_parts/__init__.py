"""Pieces that the rule books of several exercises share, each with one name in one place."""
