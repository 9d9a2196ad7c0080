"""The Common Transfer File: pupils and contacts and nothing else, and hostile XML is refused."""

from __future__ import annotations

from datetime import date

import pytest

from consents.imports import actions
from consents.models import Child, ConsentDecision, Guardianship, Hold, Import, ImportRow
from schools.models import School
from tests.cast import Trusty
from tests.consents.imports.conftest import Office
from tests.consents.imports.transfer import ELM, OAK, contact, pupil, transfer_file

pytestmark = pytest.mark.django_db
UPN, UPN2 = "T999400126001", "K999400126004"
AMY = pupil(
    UPN, "Amy", "Lee", contact("Jo", "Lee"), contact("Al", "Lee", order="2", responsible="N")
)


@pytest.fixture
def office(trust: Trusty, office: Office) -> Office:
    """Oak and Elm with the numbers the Department gave them."""
    School.objects.filter(pk=trust.oak.pk).update(dfe_number=OAK)
    School.objects.filter(pk=trust.elm.pk).update(dfe_number=ELM)
    office.school.refresh_from_db()
    return office


def test_pupils_and_contacts_go_in(office: Office) -> None:
    source = office.brings_in(transfer_file(AMY))
    assert source.summary["outcomes"]["new"] == 1
    amy = Child.objects.get()
    assert (amy.upn, amy.full_name, amy.born_on, amy.year) == (
        UPN,
        "Amy Lee",
        date(2015, 6, 5),
        "7",
    )
    jo = Guardianship.objects.get(priority=1)
    assert (jo.parent.full_name, jo.parent.email, jo.parent.phone) == (
        "Jo Lee",
        "jo@home.example",
        "07700 900123",
    )
    assert (jo.relationship, jo.is_entitled()) == ("Mother", True)
    assert not Guardianship.objects.get(priority=2).is_entitled()


def test_it_holds_no_permission_and_says_so(office: Office) -> None:
    source = office.brings_in(transfer_file(AMY))
    assert not ConsentDecision.objects.exists()
    assert any("still to be asked" in notice for notice in source.summary["notices"])


def test_nothing_is_brought_in_before_a_person_looked(office: Office) -> None:
    assert office.sends(transfer_file(AMY)).state == Import.State.READY
    assert not Child.objects.exists()


def test_preferred_names_are_used(office: Office) -> None:
    office.brings_in(transfer_file(pupil(UPN, "Amelia", "Lee", PreferredForename="Amy")))
    assert Child.objects.get().known_as == "Amy"


@pytest.mark.parametrize("word", ["true", "1", "Y"])
def test_a_child_in_care_is_held(office: Office, word: str) -> None:
    office.brings_in(transfer_file(pupil(UPN, "Amy", "Lee", InCare=word)))
    assert Hold.objects.get().child.upn == UPN


def test_a_former_name_or_number_and_all_else_is_kept_nowhere(office: Office) -> None:
    no_name = pupil(UPN2, "", "")
    source = office.brings_in(transfer_file(AMY, no_name))
    [row] = source.rows.filter(outcome=ImportRow.Outcome.PROBLEM)
    kept = str(list(ImportRow.objects.values())) + str(source.columns) + str(row.cells)
    for word in ("Secret", "G999400126002", "WBRI", "ZZ99", "1234567890"):
        assert word not in kept
        assert not Child.objects.filter(search_key__contains=word.lower()).exists()


def test_a_file_for_another_school_is_refused_row_by_row(office: Office) -> None:
    source = office.sends(transfer_file(AMY, source="9994009", dest=ELM))
    assert source.summary["outcomes"]["problem"] == 1
    assert "this row is for 9994002" in str(source.rows.get().problems)


def test_a_file_this_school_wrote_itself_goes_in(office: Office) -> None:
    assert office.sends(transfer_file(AMY, source=OAK, dest="LLLL")).summary["outcomes"]["new"] == 1
    assert office.sends(transfer_file(AMY, source=OAK, dest=ELM)).summary["outcomes"]["new"] == 1


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    office.brings_in(transfer_file(AMY))
    again = office.brings_in(transfer_file(AMY))
    assert again.summary["outcomes"]["unchanged"] == 1


def test_many_new_pupils_are_no_surprise_in_a_transfer_file(office: Office) -> None:
    classmates = [pupil("", f"Name{n}", "Lee", born=f"2015-06-{n + 1:02}") for n in range(24)]
    office.brings_in(transfer_file(*classmates[:12]))
    assert office.sends(transfer_file(*classmates[12:])).summary["stops"] == []


def test_what_a_person_said_of_a_spreadsheet_does_not_touch_it(office: Office) -> None:
    sheet = office.sends("Adno,Legal Surname,Legal Forename\n7,Lee,Amy\n")
    said = {"legal surname": "preferred_surname"}
    actions.set_reading(source=sheet, columns=said, options={}, by=office.by)
    assert office.works(sheet).columns[1]["field"] == "preferred_surname"
    source = office.sends(transfer_file(AMY))
    assert source.columns[2]["field"] == "surname"


NAMESPACED = transfer_file(AMY).replace("<CTfile>", '<CTfile xmlns="urn:ctf">')
SHAPES = {
    "utf-8": transfer_file(AMY).encode(),
    "with a mark": transfer_file(AMY).encode("utf-8-sig"),
    "utf-16": transfer_file(AMY).replace("UTF-8", "UTF-16").encode("utf-16"),
    "latin": transfer_file(AMY).replace("UTF-8", "ISO-8859-1").encode("latin-1"),
    "namespaced": NAMESPACED.encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read(office: Office, shape: str) -> None:
    assert (
        office.sends(SHAPES[shape], name="9994002_CTF_9994001_001.xml").summary["outcomes"]["new"]
        == 1
    )


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
HOSTILE = {
    "a bomb of entities": (
        f'<?xml version="1.0"?><!DOCTYPE CTfile [{LAUGHS}]><CTfile>&a8;</CTfile>',
        "instructions to the computer",
    ),
    "a file of the server": (
        '<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<CTfile>&x;</CTfile>",
        "instructions to the computer",
    ),
    "an address elsewhere": (
        '<?xml version="1.0"?><!DOCTYPE CTfile SYSTEM "http://a.example/x.dtd"><CTfile/>',
        "instructions to the computer",
    ),
    "a well without a floor": ("<CTfile>" + "<a>" * 50_000, "too large or too deep"),
    "cut off": (transfer_file(AMY)[:-40], "damaged or cut off"),
    "letters nobody knows": ('<?xml version="1.0" encoding="x-none"?><CTfile/>', "damaged"),
    "no pupils": (transfer_file(), "no pupils"),
    "another kind of XML": ("<?xml version='1.0'?><Census/>", "no Common Transfer File"),
    "a page for a browser": ("<html><table><tr><td>UPN</td></tr></table></html>", "save it as"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_and_broken_xml_is_refused_in_words(office: Office, kind: str) -> None:
    content, words = HOSTILE[kind]
    source = office.sends(content.encode())
    assert source.state == Import.State.REFUSED
    assert words in source.problem
    assert "passwd" not in source.problem
