"""Live sets: skeletons that arrive frame by frame; pictures never come here."""
