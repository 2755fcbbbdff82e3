"""The tables of a job: pages, claims and findings, row by row."""
