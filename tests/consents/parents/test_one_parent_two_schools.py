"""A parent with children at two schools: one page under one link, and each school its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from consents import links, same_person, turns
from consents.errors import NotAllowed
from consents.models import Child, ConsentDecision, Guardianship, Parent, SamePerson
from consents.models.people import folded
from schools.roles import Role
from tests.approvals.pages import words
from tests.consents.asking import may

pytestmark = pytest.mark.django_db
LIST, SAY = "/children/same-person/", "/children/same-person/say/"


@dataclass
class Twice:
    """Folake of Oak stands at Elm as well, with Sade there; Nell keeps both schools' records."""

    home: object
    at_elm: Parent
    sade: Child
    nell: object

    def joined(self, *, is_same: bool = True) -> None:
        same_person.say(one=self.home.folake, other=self.at_elm, is_same=is_same, by=self.nell)


@pytest.fixture
def twice(home) -> Twice:
    trust = home.trust
    sade = trust.child("Sade", "Adeyemi", school=trust.elm)
    at_elm = trust.mother(sade)
    Parent.objects.filter(pk=at_elm.pk).update(first_name="Folake", email="FOLAKE@home.example")
    at_elm.refresh_from_db()
    nell = trust.person("Nell Both", Role.CONSENT_ADMIN, None)
    return Twice(home, at_elm, sade, nell)


# ── who is put before a person ──────────────────────────────────────────────────────────────────
def pairs(user) -> set[frozenset[int]]:
    return {frozenset({c.one.pk, c.other.pk}) for c in same_person.to_look_at(user)}


def test_the_same_name_and_mail_at_two_schools_is_put_before_a_person(twice):
    assert pairs(twice.nell) == {frozenset({twice.home.folake.pk, twice.at_elm.pk})}


def test_so_is_the_same_name_and_number_in_the_schools_system(twice):
    Parent.objects.filter(pk__in=[twice.home.folake.pk, twice.at_elm.pk]).update(
        email="", mis_id="C17"
    )
    assert len(pairs(twice.nell)) == 1


def test_the_same_number_with_another_name_is_another_schools_number(twice):
    Parent.objects.filter(pk=twice.home.folake.pk).update(email="", mis_id="17")
    Parent.objects.filter(pk=twice.at_elm.pk).update(email="", mis_id="17", first_name="Grace")
    assert pairs(twice.nell) == set()


def test_two_parents_who_share_a_mailbox_stay_two_people(twice):
    Parent.objects.filter(pk=twice.home.father.pk).update(email="folake@home.example")
    assert all(twice.home.father.pk not in pair for pair in pairs(twice.nell))


FIRST_NAMES = ("Zoë", "ZOE", "Zoe ", "Anna")
MARKS = (
    {"email": "zoe@home.example"},
    {"email": "Zoe@HOME.example", "mis_id": "C1"},
    {"email": "zoe@bücher.example"},
    {"email": "zoe@BÜCHER.example"},
    {"mis_id": "C1"},
    {"mis_id": "c1"},
    {},
)


@pytest.fixture
def many(twice) -> None:
    """Names and addresses in every spelling, at both schools; some in one family, one spoken of."""
    trust = twice.home.trust
    for n, (first, marks) in enumerate(product(FIRST_NAMES, MARKS)):
        school = (trust.oak, trust.elm)[n % 2]
        entry = trust.mother(trust.child(f"N{n}", "Müller", school=school))
        Parent.objects.filter(pk=entry.pk).update(first_name=first, **marks)
    one, other, *_, last = Parent.objects.filter(mis_id="C1").order_by("pk")
    Guardianship.objects.create(child=other.guardianships.get().child, parent=one)
    same_person.say(one=one, other=last, is_same=True, by=twice.nell)


def alike(user) -> set[frozenset[int]]:
    """What should be put before them, each entry held against each other."""
    mine = Parent.objects.filter(guardianships__child__in=Child.objects.visible_to(user))
    found = set()
    for one, other in combinations(mine.distinct(), 2):
        names = folded(one.full_name) == folded(other.full_name)
        mail = one.email and one.email.casefold() == other.email.casefold()
        number = one.mis_id and one.mis_id == other.mis_id
        one_family = Child.objects.filter(guardianships__parent=one).filter(
            guardianships__parent=other
        )
        said = SamePerson.objects.filter(one__in=[one, other], other__in=[one, other])
        if names and (mail or number) and not one_family.exists() and not said.exists():
            found.add(frozenset({one.pk, other.pk}))
    return found


def test_every_pair_is_found_that_holding_each_against_each_finds(twice, many):
    for user in (twice.nell, twice.home.trust.connie, twice.home.trust.elm_office):
        assert pairs(user) == alike(user)
        assert len(pairs(user)) > 3


def test_who_shares_nothing_with_anybody_is_not_read(twice, monkeypatch):
    trust, read = twice.home.trust, []
    lone = trust.mother(trust.child("Ola", "Lone"))
    Parent.objects.filter(pk=lone.pk).update(email="lone@home.example", mis_id="C99")
    monkeypatch.setattr(same_person, "_alike", lambda parents: read.extend(parents) or [])
    same_person.to_look_at(twice.nell)
    assert {p.pk for p in read} == {twice.home.folake.pk, twice.at_elm.pk}


def test_two_entries_for_one_pupil_are_never_put_forward_nor_joined(twice):
    Guardianship.objects.create(child=twice.sade, parent=twice.home.folake, has_responsibility=True)
    assert pairs(twice.nell) == set()
    with pytest.raises(NotAllowed, match="two people"):
        twice.joined()


@pytest.fixture
def third(twice) -> Parent:
    """Folake's entry at Elm again, from an older list, with a pupil of its own."""
    other = twice.home.trust.child("Remi", "Adeyemi", school=twice.sade.school)
    return twice.home.trust.mother(other)


def test_the_parents_of_one_pupil_do_not_become_one_through_a_third_entry(twice, third):
    same_person.say(one=twice.home.folake, other=third, is_same=True, by=twice.nell)
    with pytest.raises(NotAllowed, match="two people"):
        same_person.say(one=third, other=twice.home.father, is_same=True, by=twice.nell)
    assert links.children_of(third)
    assert twice.home.father not in same_person.entries_of(third)


def test_r_153_nor_when_the_third_is_joined_while_this_word_waits_its_turn(
    twice, third, monkeypatch
):
    joins = same_person.say

    def meanwhile() -> None:
        monkeypatch.undo()
        joins(one=twice.home.folake, other=third, is_same=True, by=twice.nell)

    monkeypatch.setattr(turns, "to_speak_of_parents", meanwhile)
    with pytest.raises(NotAllowed, match="two people"):
        same_person.say(one=third, other=twice.home.father, is_same=True, by=twice.nell)


def test_who_is_still_joined_by_a_third_entry_is_not_said_to_be_apart(twice, third):
    twice.joined()
    same_person.say(one=twice.at_elm, other=third, is_same=True, by=twice.nell)
    with pytest.raises(NotAllowed, match="A third entry still joins them"):
        same_person.say(one=twice.home.folake, other=third, is_same=False, by=twice.nell)
    same_person.say(one=twice.at_elm, other=third, is_same=False, by=twice.nell)
    assert same_person.entries_of(third) == [third]


def test_who_was_said_to_be_two_is_not_joined_through_a_third_entry(twice, third):
    same_person.say(one=twice.home.folake, other=third, is_same=False, by=twice.nell)
    twice.joined()
    with pytest.raises(NotAllowed, match="that it is another person"):
        same_person.say(one=twice.at_elm, other=third, is_same=True, by=twice.nell)


def test_nothing_is_one_person_by_itself(twice):
    assert "Sade" not in words(Client().get(twice.home.address()))


# ── what it does ────────────────────────────────────────────────────────────────────────────────
def test_r_145_one_link_shows_all_their_children_of_the_trust(twice):
    twice.joined()
    for parent in (twice.home.folake, twice.at_elm):
        page = words(Client().get(twice.home.address(parent)))
        assert all(name in page for name in ("Ife", "Tobi", "Sade"))


def test_each_answer_is_that_of_the_schools_own_entry(twice):
    twice.joined()
    home = twice.home
    home.sends(home.address(), **{home.line(home.ife): "yes", home.line(twice.sade): "yes"})
    givers = dict(ConsentDecision.objects.values_list("child", "giver"))
    assert givers == {home.ife.pk: home.folake.pk, twice.sade.pk: twice.at_elm.pk}
    assert may(twice.sade, "facebook")


def test_what_they_said_at_one_school_is_shown_under_the_others_link(twice):
    home = twice.home
    home.sends(home.address(twice.at_elm), **{home.line(twice.sade): "no"})
    twice.joined()
    page = Client().get(home.address()).content.decode()
    assert f'value="{home.line(twice.sade)}:no" aria-pressed="true"' in page


def test_a_court_order_at_one_school_holds_there_and_not_at_the_other(twice):
    twice.joined()
    Guardianship.objects.filter(child=twice.sade).update(court_order=True)
    page = words(Client().get(twice.home.address()))
    assert "Ife" in page
    assert "Sade" not in page


def test_closing_the_links_at_one_school_closes_the_whole_page(twice):
    address = twice.home.address(twice.at_elm)
    twice.joined()
    mine = twice.home.address()
    closed = links.revoke(
        parent=twice.home.folake, child=twice.home.ife, by=twice.home.trust.connie
    )
    assert [Client().get(path).status_code for path in (mine, address)] == [404, 404]
    # Oak is told of its own alone.
    assert closed == 1


# ── P8: neither office learns of the other school's child ───────────────────────────────────────
def test_neither_office_sees_the_other_schools_child(twice, signed_in):
    twice.joined()
    trust = twice.home.trust
    trust.says(twice.sade, "yes", [trust.platform("news")])
    oak = signed_in(trust.connie)
    for path in (
        LIST,
        f"/children/{twice.home.ife.pk}/",
        f"/children/{twice.home.ife.pk}/parents/",
    ):
        assert "Sade" not in words(oak.get(path)), path
        assert "Elm" not in words(oak.get(path)), path


def test_an_office_of_one_school_can_join_nobody_of_another(twice, signed_in):
    trust = twice.home.trust
    assert pairs(trust.connie) == set()
    for by in (trust.connie, trust.elm_office, trust.tessa, trust.owen):
        with pytest.raises(NotAllowed):
            same_person.say(one=twice.home.folake, other=twice.at_elm, is_same=True, by=by)
    form = {"one": twice.home.folake.pk, "other": twice.at_elm.pk, "word": "one"}
    signed_in(trust.connie).post(SAY, form)
    assert not SamePerson.objects.exists()


def test_two_entries_within_one_school_are_its_own_offices_to_join(twice, signed_in):
    trust = twice.home.trust
    ola = trust.child("Ola", "Adeyemi")
    again = trust.mother(ola)
    Parent.objects.filter(pk=again.pk).update(first_name="Folake", email="folake@home.example")
    page = words(signed_in(trust.connie).get(LIST))
    assert "Ola Adeyemi, Oak" in page
    form = {"one": twice.home.folake.pk, "other": again.pk, "word": "one"}
    signed_in(trust.connie).post(SAY, form)
    assert "Ola" in words(Client().get(twice.home.address()))


# ── it is undone by another word ────────────────────────────────────────────────────────────────
def test_saying_two_people_undoes_it_and_history_keeps_both_words(twice):
    twice.joined()
    twice.joined(is_same=False)
    assert "Sade" not in words(Client().get(twice.home.address()))
    assert list(SamePerson.objects.order_by("pk").values_list("is_same", flat=True)) == [
        True,
        False,
    ]
    verbs = Event.objects.filter(verb__startswith="parent.said").order_by("pk")
    assert [e.verb for e in verbs] == ["parent.said_to_be_one", "parent.said_to_be_two"]


def test_who_was_said_to_be_two_is_not_put_forward_again(twice):
    twice.joined(is_same=False)
    assert pairs(twice.nell) == set()


def test_three_entries_are_one_person_by_two_words(twice):
    trust = twice.home.trust
    third = trust.mother(trust.child("Ola", "Adeyemi"))
    twice.joined()
    same_person.say(one=twice.at_elm, other=third, is_same=True, by=twice.nell)
    page = words(Client().get(twice.home.address()))
    assert all(name in page for name in ("Ife", "Sade", "Ola"))


# ── the page ────────────────────────────────────────────────────────────────────────────────────
def test_the_page_puts_both_entries_with_their_pupils(twice, signed_in):
    page = words(signed_in(twice.nell).get(LIST))
    assert "Ife Adeyemi, Oak" in page
    assert "Sade Adeyemi, Elm" in page


def test_pressing_one_person_joins_and_offers_the_way_back(twice, signed_in):
    client = signed_in(twice.nell)
    form = {"one": twice.home.folake.pk, "other": twice.at_elm.pk, "word": "one"}
    page = words(client.post(SAY, form, follow=True))
    assert "Folake Adeyemi is one person." in page
    assert "They are two people" in page


@pytest.mark.parametrize("form", [{}, {"one": "²", "other": "1"}, {"one": "1", "other": "1"}])
def test_a_word_about_nobody_is_not_found_and_writes_nothing(twice, signed_in, form):
    signed_in(twice.nell).post(SAY, form)
    assert not SamePerson.objects.exists()


def test_many_pairs_are_no_more_questions(twice, signed_in):
    client = signed_in(twice.nell)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        return len(seen)

    before = asked()
    trust = twice.home.trust
    for n in range(4):
        for school in (trust.oak, trust.elm):
            mother = trust.mother(trust.child(f"N{n}", f"More{n}", school=school))
            Parent.objects.filter(pk=mother.pk).update(email=f"n{n}@home.example")
    assert asked() == before


def test_before_anybody_is_joined_the_parents_page_asks_one_question_more(twice):
    address = twice.home.address()
    with CaptureQueriesContext(connection) as seen:
        Client().get(address)
    assert sum("consents_sameperson" in q["sql"] for q in seen.captured_queries) == 1
