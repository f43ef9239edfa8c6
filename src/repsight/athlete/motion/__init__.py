"""How the digital athlete moves: one module per exercise."""
