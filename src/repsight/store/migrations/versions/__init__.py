"""Schema changes, one module each."""
