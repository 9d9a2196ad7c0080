"""Pages about posts: lists, the composer, photos and the people in them."""
