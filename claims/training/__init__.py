"""Labelled pages and the scripts that fit weights on them; nothing here runs when a page is audited."""
