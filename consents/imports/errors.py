"""What can be wrong with a whole file, in words for the office."""


class Unreadable(Exception):
    """Nothing of this file can be used. `str(error)` is a plain sentence saying what to do."""


def no_table(what: str) -> Unreadable:
    """The sentence about a file that holds no rows and columns at all, whatever it is called."""
    return Unreadable(
        f"This is not a spreadsheet: it is {what}. In your school’s system choose “Export” or "
        "“Download”, as Excel (.xlsx) or CSV, and send that file."
    )
