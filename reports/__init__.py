"""Reports: one JSON run is the truth, every other format is a rendering of it."""
