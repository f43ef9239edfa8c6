"""Training of the committed models; nothing here is part of the installed package."""
