"""Every heading a school's system writes, and what it is taken for."""

from __future__ import annotations

import pytest

from consents.imports import fields, headings, reading
from consents.imports.errors import Unreadable
from consents.imports.headings import Dictionary
from consents.imports.reading import Sheet

PLATFORMS = {
    "news": "News page",
    "website": "School website",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "whatsapp": "WhatsApp channel",
}
BOOK = Dictionary.of(PLATFORMS)

TABLE: dict[str, str] = {
    "upn": "UPN; Unique Pupil Number; Pupil UPN; Student UPN; \ufeffUPN;  upn ",
    "mis_id": "MIS ID; Person ID; PersonID; Student ID; Pupil ID; Id; Arbor Student ID; Adno; "
    "Adm No; Admission Number; Admission No; School ID; admission_number",
    "first_name": "Legal Forename; Forename; Firstname; Legal First Name; Given Name; First Name",
    "surname": "Legal Surname; Surname; Last Name; Family Name; Legal Last Name; legal_surname",
    "preferred_first_name": "Preferred Forename; Chosen Forename; Preferred First Name; "
    "Preferred Name; Known As; Chosen Name",
    "preferred_surname": "Preferred Surname; Preferred Last Name",
    "full_name": "Name; Pupil Name; Student Name; Student",
    "born_on": "DOB; Date of Birth; D.O.B.; Birth Date",
    "year": "Year; Year Group; Year taught in; NC Year; NCY; National Curriculum Year; "
    "Curriculum Year",
    "form": "Reg; Reg Group; Registration Group; Registration Form; Tutor Group; Form; Class",
    "school": "School; Academy; Site; DfE Number; LAESTAB; URN",
    "status": "Enrolment Status; Status; On Roll; Dual",
    "joined_on": "Date of Admission; DOA; Entry Date",
    "left_on": "Leaving Date; DOL; Date of Leaving",
    "in_care": "LAC; In Care; Looked After; In LEA Care; Ever In Care; Care Authority; PLAC; "
    "Post-LAC",
    "contact:1:name": "Contact Name; Parent",
    "contact:1:title": "Contact 1 Title",
    "contact:1:first_name": "Contact 1 Forename",
    "contact:1:surname": "Contact 1 Surname",
    "contact:2:surname": "Contact 2 Surname; Parent 2 Surname",
    "contact:1:relationship": "Relationship; Contact Relationship",
    "contact:1:priority": "Priority; Contact Priority; (Contact) Priority; Contact Order",
    "contact:1:pr": "Parental Responsibility; PR; Par Resp; Responsibility; Contact 1 PR",
    "contact:1:court_order": "Court Order",
    "contact:1:email": "Primary Email; Home Email; Contact Email; Contact 1 Email",
    "contact:1:phone": "Mobile; Main Telephone",
    "general:photo": "Photo Consent; Photographs; Photograph Student; Photo Permission; "
    "Image Consent",
    "general:photo_video": "Photo & Video; Media Consent",
    "general:social": "Social Media",
    "general:video": "Video",
    "general:internet": "Internet",
    "platform:website:photo": "Website; School Website; Consent: Website; Photos on the website",
    "platform:facebook:photo": "Facebook; Facebook consent; Social Media - Facebook; FB",
    "platform:x:photo": "Twitter; X; Twitter/X; X (Twitter)",
    "platform:instagram:photo": "Instagram; Instagram photo",
    "platform:tiktok:photo": "TikTok",
    "platform:youtube:photo": "YouTube",
    "platform:linkedin:photo": "LinkedIn",
    "platform:facebook:video": "Facebook video",
    "platform:facebook:name": "Facebook - Name",
    "platform:instagram:first_name": "Instagram first name",
    "platform:news:full_name": "News page: full name",
    "platform:x:work": "X work",
    "elsewhere:newsletter": "Newsletter",
    "elsewhere:prospectus": "Prospectus",
    "elsewhere:press": "Press; Local Press; Local Media; Newspaper",
    "elsewhere:display": "Display",
    "consent_date": "Consent Date",
    "consented_by": "Consented By",
    "consent_notes": "Consent Notes",
    fields.NOT_PERMISSION: "Data Processing Consent Granted; Biometric; Biometrics Consent; "
    "Internet Access; Copyright Permission; Email/SMS consent; Trips; Walk Home Alone; "
    "Local visits",
    fields.LEAVE_OUT: "Middle Name(s); Lives with Pupil; Same Address; What to mend; Gender",
    "": "Lunch money; Locker",
}


@pytest.mark.parametrize(
    ("heading", "field"),
    [(h.strip(), field) for field, some in TABLE.items() for h in some.split(";")],
)
def test_a_heading_is_recognised(heading: str, field: str) -> None:
    assert BOOK.field(heading, PLATFORMS) == field


LABELS = [
    (label, field)
    for _, group in fields.choices(PLATFORMS, range(1, fields.MOST_CONTACTS + 1))
    for field, label in group
]


@pytest.mark.parametrize(("label", "field"), LABELS)
def test_what_our_own_pages_call_a_field_is_recognised(label: str, field: str) -> None:
    assert BOOK.field(label, PLATFORMS) == field


def test_so_it_is_for_a_platform_the_trust_adds() -> None:
    own = PLATFORMS | {"trips": "Our trips"}
    assert Dictionary.of(own).field("Our trips: videos", own) == "platform:trips:video"


def test_a_platform_the_trust_adds_is_recognised_by_its_name() -> None:
    own = PLATFORMS | {"bluesky": "Bluesky", "press": "Local press"}
    book = Dictionary.of(own)
    assert book.field("Bluesky photo", own) == "platform:bluesky:photo"
    assert book.field("Press", own) == "platform:press:photo"


def _layout(*rows: list[str], remembered: dict[str, str] | None = None) -> headings.Layout:
    return headings.find([Sheet(list(rows), "csv")], PLATFORMS, remembered or {})[1]


def _fields(layout: headings.Layout) -> list[str]:
    return [column.field for column in layout.columns]


def test_the_header_is_found_below_titles() -> None:
    layout = _layout(["Oak Primary School"], [], ["Printed 1/9/2026"], ["UPN", "Surname", "DOB"])
    assert layout.header == 3


def test_no_header_in_twenty_rows_is_said() -> None:
    rows = [["nothing", "here"] for _ in range(20)]
    with pytest.raises(Unreadable, match="names of the columns"):
        _layout(*rows, ["UPN", "Surname"])


def test_name_is_the_pupil_unless_answers_stand_below_it() -> None:
    names = _layout(["UPN", "Name"], ["T999400126001", "SMITH, John"])
    answers = _layout(["UPN", "Name"], ["T999400126001", "N"], ["", "First"])
    assert _fields(names) == ["upn", "full_name"]
    assert _fields(answers) == ["upn", "general:names"]


def test_first_name_is_the_pupil_unless_answers_stand_below_it() -> None:
    head = ["UPN", "Forename", "Surname", "First Name"]
    assert _fields(_layout(head, ["", "Amy", "Lee", "Yes"]))[-1] == "general:names"


def test_a_second_column_of_a_name_is_left_out_until_a_person_says() -> None:
    layout = _layout(["UPN", "Forename", "Surname", "Forename"])
    assert layout.columns[3].field == fields.LEAVE_OUT
    assert "Say what this column is" in layout.columns[3].note
    told = _layout(
        ["UPN", "Forename", "Surname", "Forename"],
        remembered={"forename#2": "contact:1:first_name"},
    )
    assert _fields(told)[3] == "contact:1:first_name"


def test_a_merged_cell_above_names_the_contacts_columns() -> None:
    layout = _layout(
        ["Pupil", "", "Contact 1", "", ""], ["Forename", "Surname", "Forename", "Surname", "PR"]
    )
    assert _fields(layout) == [
        "first_name",
        "surname",
        "contact:1:first_name",
        "contact:1:surname",
        "contact:1:pr",
    ]


def test_the_best_of_several_sheets_is_taken() -> None:
    notes = Sheet([["Notes"], ["UPN", "see below"]], "xlsx", name="Notes")
    pupils = Sheet([["UPN", "Surname", "Forename", "DOB"]], "xlsx", name="Pupils")
    assert headings.find([notes, pupils], PLATFORMS, {})[0].name == "Pupils"


def test_what_is_remembered_beats_what_is_known() -> None:
    layout = _layout(["UPN", "Surname", "Photographs"], remembered={"photographs": "leave_out"})
    assert _fields(layout)[2] == fields.LEAVE_OUT


@pytest.mark.parametrize(
    "text",
    [
        "Dear parents\nThe trip is on Friday\n",
        "Dear parents,\nthe trip, you know, is on Friday.\nCoat, hat, gloves, lunch.\nThanks.\n",
    ],
)
def test_a_text_under_another_name_is_told_with_what_to_do(text: str) -> None:
    with pytest.raises(Unreadable, match="This is not a spreadsheet: it is a text without columns"):
        headings.find(reading.read(text.encode()), PLATFORMS, {})
