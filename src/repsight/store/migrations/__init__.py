"""Alembic reads these; `database.open_database` runs them."""
