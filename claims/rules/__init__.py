"""The rules: one small TOML each, matched by a few kinds of matching in code."""
