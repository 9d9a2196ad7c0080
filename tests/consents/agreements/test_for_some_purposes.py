"""A yes for some purposes only: the office’s pages say so, and agree with the rule."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from consents.actions import Said, record_many
from consents.agreements import with_asks
from consents.asking import ask_parents
from consents.coverage import By, Scope, Tally, coverage, pupils_who
from consents.models import Agreement, Ask, Kind, Way
from consents.purposes import as_asked, in_question
from consents.rules import permissions_by_purpose
from consents.states import Standing, standings
from consents.wording import Document
from policy.models import Purpose
from posts.views.boxes import asked_about
from tests.approvals.pages import words
from tests.consents.agreements.writing import published
from tests.consents.test_who_may_be_shown import lists

pytestmark = pytest.mark.django_db
NEWS, PHOTO = "news", Kind.PHOTO


@pytest.fixture
def versions(trust) -> dict[str, Agreement]:
    """The first asks for all that a post could be for; then adverts join, which the next asks for,
    and a last one asks for adverts alone."""
    narrow = published(trust)
    Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts", position=9)
    document = Document.read(narrow.content)
    every = with_asks(document, document.asks, [*document.purposes, "adverts"])
    whole = published(trust, every)
    adverts = published(trust, with_asks(every, every.asks, ["adverts"]))
    return {"narrow": narrow, "whole": whole, "adverts": adverts}


def says(trust, child, answer, agreement, giver=None, kind=PHOTO) -> None:
    record_many(
        said=[Said(trust.platform(NEWS), kind, answer)],
        child=child,
        giver=giver or trust.mother(child),
        way=Way.PAPER,
        agreement=agreement,
        by=trust.connie,
    )


def standing(trust, child, kind=PHOTO, **more):
    found = standings([child], [trust.platform(NEWS).pk], [kind], show_holds=False, **more)
    return next(iter(found.values()))


def tallies(trust, purposes=None, kind=PHOTO) -> dict[str, int]:
    where = [trust.platform(NEWS).pk]
    asked = in_question() if purposes is None else purposes
    found = coverage(Scope([trust.oak.pk], where, kind, purposes=asked), By.SCHOOL)
    told = found.of((trust.oak.pk,), where[0])
    return {tally: number for tally, number in told.items() if number}


# ── what is in question ─────────────────────────────────────────────────────────────────────────
def test_where_every_version_asks_for_everything_no_purpose_is_in_question(trust):
    published(trust)
    assert in_question() == ()
    assert as_asked("achievement") == ""


def test_where_one_asks_for_fewer_all_are(trust, versions):
    assert in_question()[-1] == "adverts"
    assert set(in_question()) == {"adverts", *Document.read(versions["narrow"].content).purposes}
    assert as_asked("adverts") == "adverts"


# ── the matrix ──────────────────────────────────────────────────────────────────────────────────
def test_a_yes_to_a_narrower_version_is_told_as_one_for_some(trust, versions):
    says(trust, trust.rose, "yes", versions["narrow"])
    cell = standing(trust, trust.rose)
    assert cell.standing is Standing.SOME
    assert cell.purposes == tuple(p for p in in_question() if p != "adverts")


def test_a_yes_to_the_version_that_asks_for_all_is_a_yes(trust, versions):
    says(trust, trust.rose, "yes", versions["whole"])
    assert standing(trust, trust.rose).standing is Standing.YES


def test_asked_about_one_purpose_it_is_yes_or_not_asked(trust, versions):
    says(trust, trust.rose, "yes", versions["narrow"])
    assert standing(trust, trust.rose, purposes=["achievement"]).standing is Standing.YES
    assert standing(trust, trust.rose, purposes=["adverts"]).standing is Standing.NOT_ASKED


def test_two_parents_cover_between_them_what_each_alone_does_not(trust, versions):
    says(trust, trust.rose, "yes", versions["narrow"])
    says(trust, trust.rose, "yes", versions["adverts"], giver=trust.parent(trust.rose, "Father"))
    assert standing(trust, trust.rose).standing is Standing.YES
    assert tallies(trust) == {"yes": 1}


def test_the_page_says_what_the_yes_is_for_and_what_not(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    page = words(signed_in(trust.connie).get(f"/children/{trust.rose.pk}/"))
    assert "For some purposes only: photo on News page." in page
    assert "For Adverts nobody has been asked" in page


def test_it_can_be_withdrawn_like_any_other(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    page = signed_in(trust.connie).get(f"/children/{trust.rose.pk}/").content.decode()
    assert f'<option value="{trust.platform(NEWS).pk}:photo"' in page


# ── coverage ────────────────────────────────────────────────────────────────────────────────────
def test_coverage_counts_it_by_itself_and_as_something_to_do(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    assert tallies(trust) == {"some-purposes": 1}
    page = words(signed_in(trust.connie).get("/children/?kind=photo"))
    assert "yes is for some purposes only" in page
    assert "The agreement in force does not ask for" in page


def test_the_list_behind_it_names_the_pupil(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    page = words(signed_in(trust.connie).get("/children/?list=some-purposes"))
    assert "Rose Green" in page
    assert "Yes for some purposes" in page


def test_with_one_purpose_chosen_it_is_asked_or_not_asked(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    assert tallies(trust, ["achievement"]) == {"yes": 1}
    assert tallies(trust, ["adverts"]) == {"not-asked": 1}
    page = signed_in(trust.connie).get("/children/?purpose=adverts")
    assert page.context["shown"].purpose == "adverts"


def test_without_a_purpose_in_question_no_page_speaks_of_purposes(trust, signed_in):
    says(trust, trust.rose, "yes", published(trust))
    client = signed_in(trust.connie)
    assert "Every purpose" not in words(client.get("/children/"))
    assert "purpose" not in words(client.get(f"/children/{trust.rose.pk}/"))


@pytest.mark.parametrize("kind", [PHOTO, Kind.FIRST_NAME])
def test_matrix_coverage_and_gate_agree_for_every_mix_of_versions(trust, versions, kind):
    """Two parents, each silent, yes to one of the versions, or no; full names among them."""
    said = [None, "narrow", "whole", "adverts", "no"]
    pupils = []
    for n, (mother, father) in enumerate(product(said, said)):
        child = trust.child(f"N{n}", "Any")
        dad = trust.parent(child, "Father")
        # A yes to the full name covers the first name, for the purposes it is for.
        kinds = [kind] if kind == PHOTO else [Kind.FIRST_NAME, Kind.FULL_NAME]
        for word, giver, about in (
            (mother, trust.mother(child), kinds[0]),
            (father, dad, kinds[-1]),
        ):
            if word:
                answer = "no" if word == "no" else "yes"
                says(trust, child, answer, versions.get(word), giver=giver, kind=about)
        pupils.append(child)
    where, asked = trust.platform(NEWS).pk, in_question()
    cells = standings(pupils, [where], [kind], show_holds=False)
    read = [kind] if kind == PHOTO else [Kind.FIRST_NAME, Kind.FULL_NAME]
    gate = permissions_by_purpose([c.pk for c in pupils], [where], read, asked)
    for child in pupils:
        cell = cells[child.pk, where, kind.value]
        allowed = {
            purpose
            for purpose in asked
            if (gate[purpose].permits if kind == PHOTO else gate[purpose].permits_name)(
                child.pk, where, kind
            )
        }
        shown = set(asked) if cell.standing is Standing.YES else set(cell.purposes)
        assert shown == allowed, child.first_name
    for tally, standing_ in ((Tally.YES, Standing.YES), (Tally.SOME, Standing.SOME)):
        scope = Scope([trust.oak.pk], [where], kind, purposes=asked)
        ids, _ = pupils_who(scope, [tally], limit=99)
        assert set(ids) == {key[0] for key, cell in cells.items() if cell.standing is standing_}


# ── the list for a trip ─────────────────────────────────────────────────────────────────────────
def test_the_trip_list_names_who_may_be_shown_for_every_purpose(trust, versions, signed_in):
    says(trust, trust.rose, "yes", versions["narrow"])
    says(trust, trust.ella, "yes", versions["whole"])
    client = signed_in(trust.tessa)
    address = "/children/shown/?school=oak&class=4B"
    assert lists(client.get(address).content.decode())["News page"] == ["Ella Novak"]
    narrower = lists(client.get(f"{address}&purpose=achievement").content.decode())
    assert narrower["News page"] == ["Rose Green", "Ella Novak"] or narrower["News page"] == [
        "Ella Novak",
        "Rose Green",
    ]


# ── asking the office ───────────────────────────────────────────────────────────────────────────
def ask(trust, purpose: str) -> list[Ask]:
    return ask_parents(
        children=[trust.rose],
        platform=trust.platform(NEWS),
        kind=PHOTO,
        purpose=purpose,
        by=trust.tessa,
    )


def test_who_said_yes_to_less_can_be_asked_for_the_rest(trust, versions):
    says(trust, trust.rose, "yes", versions["narrow"])
    assert ask(trust, "achievement") == []
    [line] = ask(trust, "adverts")
    assert (line.purpose, line.for_lead) == ("adverts", False)


def test_asked_is_said_for_the_purpose_that_was_asked_and_no_other(trust, versions):
    ask(trust, "adverts")
    about = ([trust.rose.pk], [trust.platform(NEWS).pk])
    assert asked_about(*about, "adverts")
    assert not asked_about(*about, "achievement")


def test_where_any_yes_covers_it_one_line_is_enough_for_all_purposes(trust):
    published(trust)
    [line] = ask(trust, "achievement")
    assert line.purpose == ""
    assert ask(trust, "children") == []
    assert asked_about([trust.rose.pk], [trust.platform(NEWS).pk], "children")


def test_a_yes_for_other_purposes_leaves_the_line_open(trust, versions):
    ask(trust, "adverts")
    says(trust, trust.rose, "yes", versions["narrow"])
    assert Ask.objects.open().exists()
    says(trust, trust.rose, "yes", versions["adverts"])
    assert not Ask.objects.open().exists()


def test_a_no_settles_every_purpose(trust, versions):
    ask(trust, "adverts")
    ask(trust, "achievement")
    says(trust, trust.rose, "no", versions["narrow"])
    assert not Ask.objects.open().exists()


def test_the_offices_list_says_for_what_and_when_no_answer_can_settle_it(
    trust, versions, signed_in
):
    document = Document.read(versions["narrow"].content)
    ask(trust, "adverts")
    page = words(signed_in(trust.connie).get("/children/asks/"))
    assert re.search(r"photo on News page, for Adverts", page)
    assert "does not ask for Adverts" not in page
    published(trust, replace(document, title="Again"))
    page = words(signed_in(trust.connie).get("/children/asks/"))
    assert "The agreement in force does not ask for Adverts" in page
