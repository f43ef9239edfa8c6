"""The catalog: one file per exercise, each with a ``SPEC``."""
