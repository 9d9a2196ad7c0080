"""The fields a column can hold, the headings that mean them, and their names on pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LEAVE_OUT = "leave_out"
NOT_PERMISSION = "not_permission"
TO_MEND = "What to mend"

PUPIL: dict[str, tuple[str, tuple[str, ...]]] = {
    "upn": ("UPN", ("upn", "unique pupil number", "pupil upn", "student upn")),
    "mis_id": (
        "School’s own number",
        (
            "adno",
            "adm no",
            "admission number",
            "admission no",
            "school id",
            "mis id",
            "person id",
            "personid",
            "student id",
            "pupil id",
            "id",
            "arbor student id",
        ),
    ),
    "first_name": (
        "Legal first name",
        ("legal forename", "forename", "firstname", "legal first name", "given name"),
    ),
    "surname": (
        "Legal surname",
        ("legal surname", "surname", "last name", "lastname", "family name", "legal last name"),
    ),
    "preferred_first_name": (
        "Preferred first name",
        (
            "preferred forename",
            "chosen forename",
            "preferred first name",
            "preferred name",
            "known as",
            "chosen name",
        ),
    ),
    "preferred_surname": ("Preferred surname", ("preferred surname", "preferred last name")),
    "nicknames": (
        "Nicknames",
        ("nickname", "nicknames", "also known as", "aka", "pet name", "other names used"),
    ),
    "full_name": ("Full name", ("pupil name", "student name", "student", "pupil")),
    "born_on": ("Date of birth", ("dob", "date of birth", "birth date", "birthdate")),
    "year": (
        "Year group",
        (
            "year",
            "year group",
            "year taught in",
            "nc year",
            "ncy",
            "national curriculum year",
            "curriculum year",
        ),
    ),
    "form": (
        "Class",
        (
            "reg",
            "reg group",
            "registration group",
            "registration form",
            "tutor group",
            "form",
            "class",
        ),
    ),
    "school": ("School", ("school", "academy", "site", "dfe number", "laestab", "urn")),
    "status": ("On roll or left", ("enrolment status", "status", "on roll", "dual")),
    "joined_on": ("Date of joining", ("date of admission", "doa", "entry date")),
    "left_on": ("Date of leaving", ("leaving date", "dol", "date of leaving")),
    "in_care": (
        "In care",
        (
            "lac",
            "in care",
            "looked after",
            "in lea care",
            "ever in care",
            "care authority",
            "plac",
            "postlac",
            "post lac",
        ),
    ),
    "consent_date": ("Date of the answers", ("consent date", "date of consent")),
    "consented_by": ("Who answered", ("consented by", "consent by", "consent given by")),
    "consent_notes": (
        "Notes on the answers",
        ("consent notes", "consent note", "consent comments"),
    ),
}

CONTACT: dict[str, tuple[str, tuple[str, ...]]] = {
    "title": ("title", ("title",)),
    "first_name": ("first name", ("forename", "first name", "firstname")),
    "surname": ("surname", ("surname", "last name", "lastname", "family name")),
    "name": ("full name", ("", "name", "full name")),
    "relationship": ("relationship", ("relationship", "relation", "relationship to pupil")),
    "priority": ("priority", ("priority", "order")),
    "pr": (
        "parental responsibility",
        ("pr", "parental responsibility", "par resp", "responsibility", "has pr"),
    ),
    "court_order": ("court order", ("court order",)),
    "email": (
        "e-mail",
        ("email", "primary email", "home email", "main email", "email address", "e mail"),
    ),
    "phone": (
        "telephone",
        ("mobile", "telephone", "phone", "main telephone", "home telephone", "mobile number"),
    ),
}
# Said without "Contact" in front they still mean the first contact.
CONTACT_ALONE: dict[str, tuple[str, ...]] = {
    "name": ("contact", "contact name", "parent", "parent name", "parentcarer", "parent carer"),
    "relationship": ("relationship",),
    "priority": ("priority",),
    "pr": ("parental responsibility", "pr", "par resp", "responsibility"),
    "court_order": ("court order",),
    "email": ("primary email", "home email", "email"),
    "phone": ("mobile", "main telephone"),
}
MOST_CONTACTS = 8

# Columns schools send that GoLive has no business keeping.
UNWANTED = frozenset(
    [
        "middle name",
        "middle names",
        "gender",
        "sex",
        "ethnicity",
        "lives with pupil",
        "same address",
        "uln",
        "house",
        "religion",
        "first language",
        "eal",
        "fsm",
        "sen",
        "sen status",
        "pupil premium",
        "address",
        "postcode",
    ]
)
_NOT_PERMISSION = (
    "data processing",
    "biometric",
    "fingerprint",
    "internet access",
    "computer use",
    "copyright",
    "email consent",
    "sms consent",
    "emailsms",
    "email sms",
    "text message",
    "trip",
    "visit",
    "walk home",
    "medical",
    "medicine",
    "first aid",
    "paracetamol",
    "swimming",
    "sex education",
    "cashless",
    "sun cream",
)

# Lump answers: what they are about, and the kinds a lump "no" covers on every platform.
GENERAL: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "photo": (
        "Photos in general",
        (
            "photo consent",
            "photographs",
            "photograph student",
            "photo permission",
            "image consent",
            "photo",
            "photos",
            "photography",
            "images",
            "photograph",
        ),
        ("photo",),
    ),
    "photo_video": (
        "Photos and videos in general",
        ("photo video", "photos video", "photo and video", "photos and videos", "media consent"),
        ("photo", "video"),
    ),
    "video": ("Videos in general", ("video", "videos", "video consent"), ("video",)),
    "social": ("Social media in general", ("social media",), ("photo", "video")),
    "internet": ("The internet in general", ("internet",), ("photo", "video")),
    "names": (
        "Names in general",
        ("name consent", "names", "use of name"),
        ("first_name", "full_name"),
    ),
}
# Headings that are a pupil's name or a permission for it; what stands below them decides.
DOUBTFUL: dict[str, tuple[str, str]] = {
    "name": ("full_name", "general:names"),
    "full name": ("full_name", "general:names"),
    "first name": ("first_name", "general:names"),
}

PLATFORMS: dict[str, tuple[str, ...]] = {
    "news": ("news page", "golive news"),
    "website": ("website", "school website", "web site", "school web site"),
    "facebook": ("facebook", "fb"),
    "instagram": ("instagram", "insta"),
    "x": ("x", "twitter", "twitterx", "twitter x", "x twitter"),
    "linkedin": ("linkedin", "linked in"),
    "tiktok": ("tiktok", "tik tok"),
    "youtube": ("youtube", "you tube"),
    "whatsapp": ("whatsapp", "whatsapp channel"),
    "newsletter": ("newsletter", "newsletters"),
    "prospectus": ("prospectus",),
    "press": ("press", "local press", "local media", "newspaper", "newspapers"),
    "display": ("display", "displays"),
}
ELSEWHERE = frozenset(["newsletter", "prospectus", "press", "display"])
NOT_SOCIAL = frozenset(["news", "website"]) | ELSEWHERE
KINDS: dict[str, tuple[str, ...]] = {
    "photo": ("", "photo", "photos", "photograph", "photographs", "image", "images", "picture"),
    "video": ("video", "videos", "film"),
    "name": ("name", "names", "named"),
    "first_name": ("first name", "forename", "first names"),
    "full_name": ("full name", "full names"),
    "work": ("work", "own work", "pupil work", "pupils work"),
}
KIND_LABELS = {
    "photo": "photos",
    "video": "videos",
    "name": "names",
    "first_name": "first name",
    "full_name": "full name",
    "work": "pupil’s own work",
}


def is_other_permission(folded: str) -> bool:
    """Consent to something else: never a permission to publish."""
    return any(words in folded for words in _NOT_PERMISSION)


def choices(
    platforms: Mapping[str, str], contacts: Iterable[int] = range(1, 4)
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything a column can be taken for, grouped for a list. `platforms`: key → name."""
    pupil = [(field, label) for field, (label, _) in PUPIL.items()]
    people = [
        (f"contact:{n}:{field}", f"Contact {n}: {label}")
        for n in contacts
        for field, (label, _) in CONTACT.items()
    ]
    answers = [
        (f"platform:{key}:{kind}", f"{name}: {label}")
        for key, name in platforms.items()
        for kind, label in KIND_LABELS.items()
    ]
    lumps = [(f"general:{key}", label) for key, (label, _, _) in GENERAL.items()]
    lumps += [(f"elsewhere:{key}", key.capitalize()) for key in sorted(ELSEWHERE - set(platforms))]
    return [
        ("", [(LEAVE_OUT, "Leave this column out")]),
        ("The pupil", pupil),
        ("Permission for one platform", answers),
        ("Answers in general, kept as a hint", lumps),
        ("Parents and carers", people),
        ("Other", [(NOT_PERMISSION, "Not a permission to publish: left out")]),
    ]


def label(field: str, platforms: Mapping[str, str]) -> str:
    """What a field is called on pages."""
    for _, group in choices(platforms, range(1, MOST_CONTACTS + 1)):
        for value, words in group:
            if value == field:
                return words
    return field
