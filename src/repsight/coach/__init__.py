"""The coach: numbered facts, a plan, words that cite the facts, and a verifier over them."""
