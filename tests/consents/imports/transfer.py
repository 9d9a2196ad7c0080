"""Common Transfer Files, built as schools' systems write them."""

from __future__ import annotations

from xml.sax.saxutils import escape

OAK, ELM = "9994001", "9994002"
Tree = list[tuple[str, "str | Tree"]]


def xml(parts: Tree) -> str:
    """Elements in order, nested."""
    return "".join(
        f"<{tag}>{escape(inside) if isinstance(inside, str) else xml(inside)}</{tag}>"
        for tag, inside in parts
    )


def contact(forename: str, surname: str, *, order: str = "1", responsible: str = "Y") -> Tree:
    """A contact with an address and a telephone."""
    return [
        ("Order", order),
        ("Title", "Mrs"),
        ("Forename", forename),
        ("Surname", surname),
        ("Relationship", "PAM"),
        ("Responsibility", responsible),
        ("AddressAsPupil", "Y"),
        ("Phones", [("Phone", [("TelephoneType", "M"), ("PhoneNo", "07700 900123")])]),
        ("Email", f"{forename.lower()}@home.example"),
    ]


def pupil(
    upn: str, forename: str, surname: str, *contacts: Tree, born: str = "2015-06-05", **more: str
) -> Tree:
    """A pupil with much that GoLive has no business keeping. `more`: parts of `BasicDetails`."""
    care = more.pop("InCare", "")
    return [
        ("UPN", upn),
        ("UniqueLearnerNumber", "1234567890"),
        ("Surname", surname),
        ("Forename", forename),
        ("DOB", born),
        ("Sex", "F"),
        (
            "BasicDetails",
            [
                ("FormerUPN", "G999400126002"),
                ("FormerSurname", "Secret"),
                ("NCyearActual", "7"),
                ("Ethnicity", "WBRI"),
                *more.items(),
            ],
        ),
        ("LookedAfter", [("InCare", care)]),
        ("SENhistory", [("SEN", [("SENprovision", "E")])]),
        ("Address", [("Postcode", "ZZ99 9ZZ")]),
        ("Contacts", [("Contact", one) for one in contacts]),
        ("Attendance", [("YearData", [("SessionsAuthorised", "4")])]),
    ]


def transfer_file(*pupils: Tree, source: str = ELM, dest: str = OAK, root: str = "CTfile") -> str:
    """The whole file."""
    header: Tree = [
        ("DocumentName", "Common Transfer File"),
        ("CTFversion", "24.0"),
        ("DateTime", "2026-09-01T09:00:00"),
        ("SourceSchool", [("LEA", source[:3]), ("Estab", source[3:]), ("SchoolName", "A")]),
        ("DestSchool", [("LEA", dest[:3]), ("Estab", dest[3:])]),
    ]
    body: Tree = [
        (root, [("Header", header), ("CTFpupilData", [("Pupil", one) for one in pupils])])
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml(body)
