"""Steps that run when the package is built, never when it is used."""
