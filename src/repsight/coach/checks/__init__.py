"""The parts of the verifier: shape, language, claims, numbers, findings, changes, names."""
