"""The pure core: arrays and frozen dataclasses in, dataclasses out."""
