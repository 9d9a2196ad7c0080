"""Everything a version says is its owner's to write, never below the floor."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from policy import writing
from policy.comparing import changes
from policy.forms.tables import TABLES
from policy.models import PolicyVersion
from policy.naming import said_value
from policy.rules import digest
from policy.terms import Terms
from schools.errors import NotAllowed
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(trust) -> PolicyVersion:
    return writing.start(by=trust.cara)


@pytest.fixture
def owner(trust, signed_in) -> Client:
    return signed_in(trust.cara)


def fresh(version: PolicyVersion) -> PolicyVersion:
    return PolicyVersion.objects.get(pk=version.pk)


def filled(client: Client, name: str) -> dict[str, Any]:
    """What a browser would send of the page of a table as it stands."""
    lines = client.get(f"/policy/next/tables/{name}/").context["lines"]
    data = {
        f"line-{part}": lines.management_form[part].value()
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    for line in lines:
        data |= {line.add_prefix(field): line[field].value() for field in line.fields}
    return {k: v for k, v in data.items() if v is not None and v is not False}


def sent(client: Client, name: str, **changed: str):
    """The page as it stands, with these fields otherwise (“line_0_name”)."""
    data = filled(client, name)
    return client.post(
        f"/policy/next/tables/{name}/",
        data | {key.replace("line_", "line-").replace("__", "-"): v for key, v in changed.items()},
        follow=True,
    )


@pytest.mark.parametrize("name", TABLES)
def test_keeping_a_table_as_it_stands_changes_nothing(owner, draft, name):
    assert "Nothing was changed." in words(sent(owner, name))


def test_every_term_of_a_preset_has_a_field_for_its_owner(owner, draft):
    fields = set(TABLES) | {"routes"}
    fields |= set(owner.get("/policy/next/terms/").context["form"].fields)
    assert set(Terms.__dataclass_fields__) <= fields


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("platforms_named", {"line_7__name": "Threads"}, "New: Threads"),
        (
            "linked_documents",
            {"line_0__title": "", "line_0__owner": ""},
            "Left out: Electronic Communications Policy",
        ),
        ("incident_categories", {"line_10__title": "Something else"}, "New: Something else"),
        ("checklist", {"line_2__text": "It is kind."}, "New: It is kind."),
        ("purposes", {"line_3__name": "Music and sport"}, "It is now “Music and sport”."),
    ],
)
def test_a_table_is_written_and_its_change_is_said(trust, owner, draft, name, changed, said):
    assert "Kept." in words(sent(owner, name, **changed))
    assert said in " ".join(c.said for c in changes(trust.policy, fresh(draft)))


def test_the_fields_of_a_line_are_said_in_their_order_whatever_the_database_did():
    line = {"owner": "The CIO", "title": "Safeguarding Policy", "address": ""}
    assert said_value(line) == "Safeguarding Policy · The CIO"


def test_a_line_keeps_its_key_when_its_words_change(owner, draft):
    sent(owner, "checklist", line_0__text="Nothing in it is secret.")
    assert Terms.read(fresh(draft).terms).checklist[0].key == "confidential"


def test_a_new_line_gets_a_key_that_no_other_has(owner, draft):
    sent(owner, "checklist", line_4__text="Confidential", line_5__text="Confidential!")
    keys = [point.key for point in Terms.read(fresh(draft).terms).checklist]
    assert keys[-2:] == ["confidential_2", "confidential_3"]


def test_an_address_that_is_none_is_refused_and_nothing_typed_is_lost(owner, draft):
    answer = sent(owner, "linked_documents", line_0__address="our folder", line_1__owner="Bursar")
    assert answer.status_code == 422
    assert 'value="our folder"' in answer.content.decode()
    assert 'value="Bursar"' in answer.content.decode()


def test_a_line_without_its_name_is_asked_about_rather_than_dropped(owner, draft):
    answer = sent(owner, "linked_documents", line_8__owner="Bursar")
    assert "Write title, or empty the whole line to leave it out." in words(answer)


def test_something_is_left_that_posts_can_be_for(owner, draft):
    answer = sent(owner, "purposes", **{f"line_{n}__name": "" for n in range(4)})
    assert answer.status_code == 422
    assert "besides updates and reminders" in words(answer)
    assert fresh(draft).purposes.count() == 6


def test_a_purpose_stands_there_once(trust, draft):
    twice = [{"key": key, "name": "Music", "is_update": False} for key in ("a", "b")]
    with pytest.raises(NotAllowed, match="“Music” stands here twice"):
        writing.change_purposes(version=draft, by=trust.cara, purposes=twice)


def test_the_purposes_of_the_version_in_force_stay(trust, owner, draft):
    sent(owner, "purposes", line_0__name="Joy")
    assert trust.policy.purposes.first().name == "Children’s achievements"


# ── terms and routes ─────────────────────────────────────────────────────────────────────────────
def terms_with(client: Client, **changed: Any):
    form = client.get("/policy/next/terms/").context["form"]
    data = {name: form[name].value() for name in form.fields} | changed
    sent = {key: value for key, value in data.items() if value not in (None, False)}
    return client.post("/policy/next/terms/", sent, follow=True)


def test_who_signs_and_what_it_needs_are_the_owners_to_say(owner, draft):
    terms_with(owner, signs_off="board", activation_requires=["sign_off", "union_consultation"])
    terms = Terms.read(fresh(draft).terms)
    assert (terms.signs_off, terms.activation_requires) == (
        "board",
        ("sign_off", "union_consultation"),
    )


def test_a_version_that_nobody_signs_is_refused_at_its_field(owner, draft):
    answer = terms_with(owner, activation_requires=["board_minute"])
    assert answer.status_code == 422
    said = answer.context["form"].errors["activation_requires"]
    assert said == [
        "What a version needs before it takes effect: every version is signed off by somebody "
        "(R-003)."
    ]


def test_boxes_in_the_order_of_the_page_are_no_change(owner, draft):
    before = fresh(draft).terms["covered_people"]
    assert "Nothing was changed." in words(terms_with(owner, covered_people=before[::-1]))


def test_a_route_is_written_in_the_names_that_pages_use(owner, draft):
    form = owner.get("/policy/next/routes/").context["form"]
    data = {name: form[name].value() for name in form.fields}
    assert data["misuse"].startswith("Executive Headteacher, Head of School, Chief Executive")
    data["misuse"] = "head of school, Line manager\nChief HR Officer"
    owner.post("/policy/next/routes/", data)
    assert fresh(draft).terms["routes"]["misuse"] == [["head", "line_manager"], ["chro"]]


def test_what_is_no_role_is_refused_at_its_route(owner, draft):
    form = owner.get("/policy/next/routes/").context["form"]
    data = {name: form[name].value() for name in form.fields} | {"misuse": "the cook"}
    answer = owner.post("/policy/next/routes/", data)
    assert list(answer.context["form"].errors) == ["misuse"]


# ── a rule ───────────────────────────────────────────────────────────────────────────────────────
def rule_with(client: Client, key: str, **changed: Any):
    form = client.get(f"/policy/next/rules/{key}/").context["form"]
    data = {name: form[name].value() for name in form.fields} | changed
    sent = {name: value for name, value in data.items() if value not in (None, False)}
    return client.post(f"/policy/next/rules/{key}/", sent, follow=True)


def test_a_rule_as_it_stands_is_no_change(owner, draft):
    for key in ("photo_permission", "alt_text", "negative_words"):
        assert "Nothing was changed." in words(rule_with(owner, key))


def test_a_rules_roles_and_clause_are_the_owners_to_say(trust, owner, draft):
    rule_with(owner, "negative_words", roles=["author", "approver"], reference="Protocol 3a")
    rule = draft.rules.get(key="negative_words")
    assert (rule.roles, rule.reference) == (["author", "approver"], "Protocol 3a")
    said = " ".join(change.said for change in changes(trust.policy, fresh(draft)))
    assert "New: Whoever confirms posts. 1 as before." in said


def test_whom_the_floor_names_stays_and_the_page_says_which_rule(owner, draft):
    answer = rule_with(owner, "photo_permission", roles=["author"])
    assert answer.status_code == 422
    said = words(answer)
    assert "missing from “Each child’s own permission, for each platform”" in said
    assert "Tick again: Consent administrator." in said


def test_the_words_of_the_floor_cannot_be_typed_over(owner, draft):
    answer = rule_with(owner, "alt_text", title="Only if you like")
    assert "Nothing was changed." in words(answer)


def test_where_a_rule_stands_is_part_of_what_is_signed(trust, owner, draft):
    before = digest(fresh(draft))
    rule_with(owner, "negative_words", shown=["acknowledgement"])
    assert digest(fresh(draft)) != before


def test_an_empty_rule_is_refused_with_what_to_do(trust, draft):
    rule = draft.rules.get(key="negative_words")
    with pytest.raises(NotAllowed, match="switch the rule off"):
        writing.change_rule(rule=rule, by=trust.cara, text=" ")
