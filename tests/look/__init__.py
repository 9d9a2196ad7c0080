"""How pages look: contrast, sizes, names, and every component at once."""
