"""Pages about sending, and the schools' public news pages."""
