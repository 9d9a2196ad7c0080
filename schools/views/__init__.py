"""Pages about people and places: one's own, the staff, the schools and the trust."""
