"""The knowledge base: cards in readable files, a check of them, and a search over them."""
