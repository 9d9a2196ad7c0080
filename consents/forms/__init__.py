"""Forms about children and permission."""
