"""What can go wrong, in words for the person who pressed."""


class NotAllowed(Exception):
    """The verb cannot be done by this person or in this way. `str(error)` is a plain sentence."""
