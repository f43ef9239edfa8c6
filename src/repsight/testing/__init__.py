"""Ready-made material for tests of Repsight and of its plug-ins; never used by the product."""
