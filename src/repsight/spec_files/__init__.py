"""Exercises as TOML files: read with every problem named by its line, written so they read well."""
