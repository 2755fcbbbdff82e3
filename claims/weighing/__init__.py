"""The learned layer: an encoder that reads a page with its context, beside what rules and frames say of a sentence."""
