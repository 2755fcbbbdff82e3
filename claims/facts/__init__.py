"""Facts that are fixed, such as which root serves what: no model here learns them, the references hold them."""
