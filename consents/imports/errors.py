"""What can be wrong with a whole file, in words for the office."""


class Unreadable(Exception):
    """Nothing of this file can be used. `str(error)` is a plain sentence saying what to do."""
