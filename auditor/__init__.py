"""Pages: fetch, read, audit one, scan many."""
