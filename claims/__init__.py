"""Language and knowledge: what a text claims, and how that stands to the reference set."""
