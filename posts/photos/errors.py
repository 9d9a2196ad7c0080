"""How a photo can be refused: one plain sentence that says how to mend it."""


class PhotoRefused(Exception):
    """The file cannot be used. `str(error)` is for the person who added it."""


DAMAGED = "The file is damaged or cut off. Save the photo again and add it once more."
