"""Pages about children and permission. Ordinary staff reach only the type-ahead."""
