"""Pages in, articles out: what a reader sees of a page, block by block."""
