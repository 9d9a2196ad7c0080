"""The record handed out: whole for the school, each giver's own part for the family, all noted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Event
from consents import withdrawing
from consents.actions import Said, record_many
from consents.models import Agreement, Child, Kind, Parent, Way
from policy.models import Platform
from schools.models import User
from schools.roles import Role
from tests.cast import Trusty

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def dpo(trust: Trusty) -> User:
    """Dora, the Data Protection Officer of the trust."""
    return trust.person("Dora Quill", Role.DPO, None)


def _get(browser: Client, path: str) -> str:
    answer = browser.get(f"/children/exports/{path}")
    assert answer.status_code == 200
    streamed = getattr(answer, "streaming_content", None)
    return b"".join(streamed or [answer.content]).decode("utf-8-sig")


def _table(browser: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_get(browser, path))))


def _agreed(trust: Trusty, child: Child, evidence: str = "Form 12") -> Agreement:
    agreement = Agreement.objects.create(
        number=7, title="Photos of our pupils", text="We ask before we share.", sha256="f" * 64
    )
    record_many(
        said=[Said(trust.platform("facebook"), Kind.VIDEO, "yes")],
        child=child,
        giver=trust.mother(child),
        way=Way.PAPER,
        agreement=agreement,
        evidence=evidence,
        by=trust.connie,
    )
    return agreement


def _father(child: Child) -> Parent:
    return child.guardianships.get(relationship="Father").parent


def _stopped(trust: Trusty) -> None:
    """The office stops Facebook for Amira, thinks again, and lets it go on."""
    facebook = trust.platform("facebook")
    withdrawing.stop(child=trust.amira, squares=[(facebook, str(Kind.PHOTO))], by=trust.connie)
    withdrawing.lift(child=trust.amira, by=trust.connie)


# ── the whole record of one pupil ────────────────────────────────────────────────────────────────
def test_the_page_holds_every_answer_with_its_proof(trust: Trusty, signed_in: SignedIn) -> None:
    _agreed(trust, trust.amira)
    page = _get(signed_in(trust.connie), f"{trust.amira.pk}/record/")
    for words in ("Amira Khan", "Mother Khan", "may decide", "video on Facebook", "paper form"):
        assert words in page
    for proof in ("Photos of our pupils, version 7", "f" * 64, "Form 12", "by Connie Price"):
        assert proof in page
    assert "We ask before we share." in page


def test_the_table_holds_one_line_an_answer(trust: Trusty, signed_in: SignedIn) -> None:
    lines = _table(signed_in(trust.connie), f"{trust.tom.pk}/record.csv")
    assert [(r["First name"], r["Platform"], r["For"], r["Answer"]) for r in lines] == [
        ("Tom", trust.platform("news").name, "Photo", "Yes")
    ]
    assert (lines[0]["Given by"], lines[0]["Relationship"]) == ("Mother Rees", "Mother")


def test_a_withdrawal_stands_beside_the_yes_it_ended(trust: Trusty, signed_in: SignedIn) -> None:
    lines = _table(signed_in(trust.connie), f"{trust.zofia.pk}/record.csv")
    said = [line["Answer"] for line in lines if line["Platform"] == "Facebook"]
    assert said[0] == "Yes"
    assert said[-1] == "Withdrawn"


def test_who_was_never_asked_is_in_the_table(trust: Trusty, signed_in: SignedIn) -> None:
    [line] = _table(signed_in(trust.connie), f"{trust.rose.pk}/record.csv")
    assert (line["Surname"], line["Answer"]) == ("Green", "not asked")


def test_what_a_spreadsheet_would_run_is_disarmed(trust: Trusty, signed_in: SignedIn) -> None:
    Child.objects.filter(pk=trust.amira.pk).update(preferred_surname="@SUM(A1)")
    _agreed(trust, trust.amira, evidence='=HYPERLINK("http://a.example")')
    lines = _table(signed_in(trust.connie), f"{trust.amira.pk}/record.csv")
    cells = [cell for line in lines for cell in line.values()]
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_markup_in_a_name_stays_words(trust: Trusty, signed_in: SignedIn) -> None:
    Child.objects.filter(pk=trust.amira.pk).update(preferred_surname="<script>")
    assert "<script>" not in _get(signed_in(trust.connie), f"{trust.amira.pk}/record/")


# ── holds and other identities ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["connie", "dot", "hana"])
def test_a_hold_is_in_no_record_whoever_takes_it(
    trust: Trusty, signed_in: SignedIn, who: str
) -> None:
    jack, browser = trust.jack, signed_in(getattr(trust, who))
    taken = _get(browser, f"{jack.pk}/record/") + _get(browser, f"{jack.pk}/record.csv")
    assert "held" not in taken.lower()
    assert "Not for others" not in taken
    assert "<td>yes</td>" in taken


def test_no_upn_leaves(trust: Trusty, signed_in: SignedIn) -> None:
    Child.objects.filter(pk=trust.amira.pk).update(upn="T999400126001")
    browser = signed_in(trust.connie)
    taken = [_get(browser, f"{trust.amira.pk}/{shape}") for shape in ("record/", "record.csv")]
    taken += [_get(browser, f"school/oak/{shape}") for shape in ("", "record.csv")]
    assert not [text for text in taken if "T999400126001" in text]


# ── copies for one of the family ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("shape", ["record/", "record.csv"])
def test_a_parents_copy_holds_nothing_of_the_other_parent(
    trust: Trusty, signed_in: SignedIn, shape: str
) -> None:
    ife, mother = trust.ife, trust.mother(trust.ife)
    Parent.objects.filter(pk=_father(ife).pk).update(first_name="Ayodele", surname="Bankole")
    record_many(
        said=[Said(trust.platform("x"), Kind.VIDEO, "unclear")],
        child=ife,
        giver=mother,
        way=Way.PHONE,
        evidence="Ayodele Bankole said no",
        by=trust.connie,
    )
    copy = _get(signed_in(trust.connie), f"{ife.pk}/{shape}?for={mother.pk}")
    assert "Mother Adeyemi" in copy
    assert "Unclear" in copy
    for words in ("Ayodele", "Bankole", "Father", "father", "conflict", ">No<", ",No,"):
        assert words not in copy


def test_a_parents_copy_reads_the_same_whatever_the_other_said(
    trust: Trusty, signed_in: SignedIn
) -> None:
    def copy(child: Child) -> str:
        page = _get(signed_in(trust.connie), f"{child.pk}/record.csv?for={trust.mother(child).pk}")
        return page[: page.index("202")]

    alone = trust.child("Ivy", "Adeyemi", yes=list(Platform.objects.all()))
    assert copy(alone).replace("Ivy", "Ife") == copy(trust.ife)


BORN = {"record/": "born 4 May 2017", "record.csv": "2017-05-04"}


@pytest.mark.parametrize("shape", BORN)
def test_the_whole_record_and_a_copy_for_who_may_decide_say_when_the_pupil_was_born(
    trust: Trusty, signed_in: SignedIn, shape: str
) -> None:
    connie, amira = signed_in(trust.connie), trust.amira
    for whose in ("", "?for=pupil", f"?for={trust.mother(amira).pk}"):
        assert BORN[shape] in _get(connie, f"{amira.pk}/{shape}{whose}")


@pytest.mark.parametrize("shape", BORN)
def test_a_copy_for_somebody_who_may_not_decide_does_not(
    trust: Trusty, signed_in: SignedIn, shape: str
) -> None:
    gran = trust.parent(trust.amira, "Grandmother", responsible=False)
    Child.objects.filter(pk=trust.amira.pk).update(left_on="2031-08-31")
    copy = _get(signed_in(trust.connie), f"{trust.amira.pk}/{shape}?for={gran.pk}")
    assert "Amira" in copy
    assert "2017" not in copy
    assert "2031" not in copy


def test_the_pupils_copy_holds_what_the_pupil_said(trust: Trusty, signed_in: SignedIn) -> None:
    trust.says_own(trust.maya, "no", [trust.platform("x")])
    lines = _table(signed_in(trust.connie), f"{trust.maya.pk}/record.csv?for=pupil")
    assert [(line["Platform"], line["Answer"], line["Given by"]) for line in lines] == [
        (trust.platform("x").name, "No", "The pupil")
    ]


@pytest.mark.parametrize("asked", ["0", "nobody", "²"])
def test_a_copy_for_somebody_of_no_kin_is_not_found(
    trust: Trusty, signed_in: SignedIn, asked: str
) -> None:
    browser, other = signed_in(trust.connie), trust.mother(trust.tom)
    for wanted in (asked, str(other.pk)):
        path = f"/children/exports/{trust.amira.pk}/record/?for={wanted}"
        assert browser.get(path).status_code == 404


def test_every_copy_is_offered_on_one_page(trust: Trusty, signed_in: SignedIn) -> None:
    page = _get(signed_in(trust.connie), f"{trust.ife.pk}/")
    for giver in (trust.mother(trust.ife).pk, _father(trust.ife).pk, "pupil"):
        assert f"record/?for={giver}" in page
        assert f"record.csv?for={giver}" in page


# ── a whole school ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("shape", ["", "record.csv"])
def test_a_schools_record_holds_all_its_pupils_and_no_others(
    trust: Trusty, signed_in: SignedIn, shape: str
) -> None:
    names = [c.full_name for c in (trust.amira, trust.rose, trust.zofia)]
    Child.objects.filter(pk=trust.zofia.pk).update(left_on="2026-07-20")
    assert trust.leo.pk
    taken = _get(signed_in(trust.connie), f"school/oak/{shape}")
    for name in names:
        assert name.split()[-1] in taken
    assert "Frost" not in taken


def test_a_schools_record_asks_the_same_number_of_questions_whatever_its_size(
    trust: Trusty, signed_in: SignedIn, django_assert_max_num_queries
) -> None:
    for number in range(30):
        trust.child(f"Pupil{number}", "Many", yes=[trust.platform("news")])
    browser = signed_in(trust.connie)
    with django_assert_max_num_queries(30):
        _get(browser, "school/oak/record.csv")


def test_the_data_protection_officer_takes_any_school(
    trust: Trusty, dpo: User, signed_in: SignedIn
) -> None:
    assert trust.leo.pk
    assert "Leo" in _get(signed_in(dpo), "school/elm/record.csv")
    assert "Elm Academy" in _get(signed_in(dpo), "")


# ── who may, and what is noted ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("who", "one", "school"),
    [
        ("connie", 200, 200),
        ("hana", 200, 404),
        ("dot", 200, 404),
        *((who, 404, 404) for who in ("tessa", "owen", "cara", "uma", "pat")),
    ],
)
def test_only_the_entitled_take_a_record(
    trust: Trusty, signed_in: SignedIn, who: str, one: int, school: int
) -> None:
    browser = signed_in(getattr(trust, who))
    child = trust.amira.pk
    for path in (f"{child}/", f"{child}/record/", f"{child}/record.csv"):
        assert browser.get(f"/children/exports/{path}").status_code == one
    for path in ("", "school/oak/", "school/oak/record.csv"):
        assert browser.get(f"/children/exports/{path}").status_code == school


def _noted() -> list[tuple[str, int | None, str]]:
    found = Event.objects.filter(verb__startswith="record.").order_by("pk")
    return [(e.verb, e.actor_id, str(sorted(e.facts.items()))) for e in found]


def test_every_taking_is_noted_without_a_name(trust: Trusty, signed_in: SignedIn) -> None:
    amira, browser = trust.amira, signed_in(trust.connie)
    mother = trust.mother(amira).pk
    _get(browser, f"{amira.pk}/record/")
    _get(browser, f"{amira.pk}/record.csv?for={mother}")
    _get(browser, "school/oak/record.csv")
    assert _noted() == [
        ("record.taken", trust.connie.pk, "[('copy_for', ''), ('shape', 'page')]"),
        ("record.taken", trust.connie.pk, f"[('copy_for', 'parent {mother}'), ('shape', 'csv')]"),
        ("record.school_taken", trust.connie.pk, "[('pupils', 1), ('shape', 'csv')]"),
    ]


@pytest.mark.parametrize(("who", "offered"), [("connie", True), ("hana", False)])
def test_the_way_to_a_schools_record_is_shown_to_those_who_may_take_it(
    trust: Trusty, signed_in: SignedIn, who: str, offered: bool
) -> None:
    page = signed_in(getattr(trust, who)).get("/children/").content.decode()
    assert ("/children/exports/" in page) is offered


def test_looking_at_what_can_be_taken_takes_nothing(trust: Trusty, signed_in: SignedIn) -> None:
    _get(signed_in(trust.connie), f"{trust.amira.pk}/")
    assert _noted() == []


def test_what_was_refused_is_not_noted_as_taken(trust: Trusty, signed_in: SignedIn) -> None:
    signed_in(trust.hana).get("/children/exports/school/oak/record.csv")
    assert _noted() == []


def test_no_browser_keeps_a_record(trust: Trusty, signed_in: SignedIn) -> None:
    answer = signed_in(trust.connie).get(f"/children/exports/{trust.amira.pk}/record/")
    assert answer["Cache-Control"] == "private, no-store"


# ── what the school itself stopped ───────────────────────────────────────────────────────────────
def test_a_stop_of_the_schools_own_and_its_end_are_lines_of_the_record(
    trust: Trusty, signed_in: SignedIn
) -> None:
    _stopped(trust)
    lines = _table(signed_in(trust.connie), f"{trust.amira.pk}/record.csv")
    said = [(x["Answer"], x["Platform"], x["Written down by"]) for x in lines]
    assert said[-2:] == [
        ("stopped by the school", "Facebook", "Connie Price"),
        ("let go on by the school", "Facebook", "Connie Price"),
    ]
    page = _get(signed_in(trust.connie), f"{trust.amira.pk}/record/")
    assert "Photo on Facebook: stopped" in page


def test_no_copy_for_one_of_the_family_tells_of_it(trust: Trusty, signed_in: SignedIn) -> None:
    _stopped(trust)
    mother = trust.mother(trust.amira)
    for form in ("record/", "record.csv"):
        copy = _get(signed_in(trust.connie), f"{trust.amira.pk}/{form}?for={mother.pk}")
        assert "topped" not in copy
