"""The owner of the policy writes clauses beside the preset's, and puts lists in order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from policy import life, writing
from policy.activating import put_in_force
from policy.comparing import changes
from policy.models import OWN_MODES, PolicyVersion, Rule
from policy.showing import Shown
from policy.writing import NotThat
from schools.errors import NotAllowed
from schools.roles import Role
from tests.approvals.pages import words
from tests.policy.test_editor import filled

pytestmark = pytest.mark.django_db

ADDRESS = "/policy/next/clause/"
SAID: dict[str, Any] = {
    "title": "No posts in the holidays",
    "reference": "Protocol 8",
    "text": "Nothing goes out while the school is closed.",
    "mode": "declare",
    "shown": ["acknowledgement", "submit"],
}


@pytest.fixture
def draft(trust) -> PolicyVersion:
    return writing.start(by=trust.cara)


@pytest.fixture
def owner(trust, signed_in) -> Client:
    return signed_in(trust.cara)


# ── a clause of one's own ────────────────────────────────────────────────────────────────────────
def test_the_owner_writes_a_clause_of_their_own(owner, draft):
    answer = owner.post(ADDRESS, SAID, follow=True)
    made = draft.rules.get(reference="Protocol 8")
    assert (made.title, made.mode, made.source) == (SAID["title"], "declare", "clause")
    assert "is one of its rules" in words(answer)
    assert "It is new." in words(answer)


def test_it_stands_on_the_page_of_the_version(trust, draft):
    made = writing.add_clause(version=draft, by=trust.cara, **SAID)
    shown = Shown.of(draft, draft.dated)
    assert made in [rule for section in shown.sections for rule in section.rules]


@pytest.mark.parametrize("mode", ["block", "warn", "report"])
def test_it_cannot_claim_to_stop_a_post(owner, draft, mode):
    assert owner.post(ADDRESS, SAID | {"mode": mode}).status_code == 422
    assert not draft.rules.filter(reference="Protocol 8").exists()


@pytest.mark.parametrize("mode", ["block", "warn", "report"])
def test_nor_can_it_later(trust, owner, draft, mode):
    made = writing.add_clause(version=draft, by=trust.cara, **SAID)
    with pytest.raises(NotThat, match="checks nothing for a clause of your own"):
        writing.change_rule(rule=made, by=trust.cara, mode=mode)
    offered = owner.get(f"/policy/next/rules/{made.key}/").context["form"].fields["mode"].choices
    assert {value for value, _ in offered} == {mode.value for mode in OWN_MODES}


def test_a_clause_of_the_preset_still_offers_every_mode(owner, draft):
    offered = owner.get("/policy/next/rules/purpose/").context["form"].fields["mode"].choices
    assert [value for value, _ in offered] == Rule.Mode.values


@pytest.mark.parametrize("empty", ["title", "reference", "text"])
def test_nothing_of_it_is_empty(trust, draft, empty):
    with pytest.raises(NotThat):
        writing.add_clause(version=draft, by=trust.cara, **(SAID | {empty: " "}))


def test_two_of_the_same_name_are_two(trust, draft):
    keys = {writing.add_clause(version=draft, by=trust.cara, **SAID).key for _ in range(3)}
    assert len(keys) == 3


def test_the_version_after_says_it_too(trust, draft):
    made = writing.add_clause(version=draft, by=trust.cara, **SAID)
    put_in_force(draft, by=trust.cara)
    following = writing.start(by=trust.cara)
    assert following.rules.get(key=made.key).text == SAID["text"]


def test_whoever_does_not_look_after_the_policy_writes_none(trust, signed_in, draft):
    assert signed_in(trust.hana).post(ADDRESS, SAID).status_code == 404
    with pytest.raises(NotAllowed):
        writing.add_clause(version=draft, by=trust.hana, **SAID)


def test_a_clause_voids_the_signature_of_the_version(trust, draft):
    chief = trust.person("Chris Chief", Role.CEO, None)
    life.sign_off(version=draft, by=chief)
    writing.add_clause(version=draft, by=trust.cara, **SAID)
    assert life.rules.formalities(draft)["sign_off"] is None


# ── the order of lists ───────────────────────────────────────────────────────────────────────────
def press(client: Client, name: str, **pressed: str) -> Any:
    return client.post(f"/policy/next/tables/{name}/", filled(client, name) | pressed)


def titles(version: PolicyVersion) -> list[str]:
    version.refresh_from_db()
    return [each["title"] for each in version.terms["linked_documents"]]


def test_a_line_is_moved_up_with_one_press(owner, draft):
    before = titles(draft)
    answer = press(owner, "linked_documents", up="2")
    assert titles(draft) == [before[0], before[2], before[1], *before[3:]]
    assert answer.url == "/policy/next/tables/linked_documents/#line-2"


def test_a_line_is_moved_down_with_one_press(owner, draft):
    before = titles(draft)
    press(owner, "linked_documents", down="0")
    assert titles(draft) == [before[1], before[0], *before[2:]]


def test_what_was_typed_is_kept_with_the_move(owner, draft):
    before = titles(draft)
    press(owner, "linked_documents", up="1", **{"line-0-title": "Another title"})
    assert titles(draft)[:2] == [before[1], "Another title"]


@pytest.mark.parametrize("pressed", [{"up": "0"}, {"down": "6"}, {"up": "99"}, {"up": "x"}])
def test_at_the_end_nothing_moves(owner, draft, pressed):
    before = titles(draft)
    press(owner, "linked_documents", **pressed)
    assert titles(draft) == before


def test_a_line_that_was_emptied_is_left_out_and_the_next_moves_past_it(owner, draft):
    before = titles(draft)
    empty = {f"line-1-{name}": "" for name in ("title", "owner", "address")}
    press(owner, "linked_documents", up="2", **empty)
    assert titles(draft) == [before[2], before[0], *before[3:]]


def test_the_order_of_purposes_is_moved_and_stands_in_the_difference(owner, trust, draft):
    before = [purpose.name for purpose in draft.purposes.all()]
    press(owner, "purposes", down="0")
    assert [p.name for p in draft.purposes.all()] == [before[1], before[0], *before[2:]]
    present = PolicyVersion.objects.get(in_force=True)
    draft.refresh_from_db()
    [found] = changes(present, draft)
    assert (found.what, found.said) == ("Their order", "The same, in another order.")


def test_enter_in_a_line_keeps_and_moves_nothing(owner, draft):
    page = owner.get("/policy/next/tables/linked_documents/").text
    form = page[page.index("line-TOTAL_FORMS") :]
    assert "name=" not in form[form.index("<button") : form.index("</button>")]


# ── no row of dashes ─────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("address", ["/policy/desk/", "/policy/next/rules/purpose/", ADDRESS])
def test_no_choice_is_a_row_of_dashes(owner, draft, address):
    assert "-----" not in owner.get(address).text
