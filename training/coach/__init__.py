"""Training of the model that words the coach's sentences."""
