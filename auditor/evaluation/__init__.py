"""Measures the auditor: labelled pages beside what it says of them."""
