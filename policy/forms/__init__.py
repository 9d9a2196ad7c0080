"""What people can say about devices, logos and faces."""
