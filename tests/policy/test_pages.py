"""The pages of the policy: for everybody, for its owner, and for staff who were told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from policy import life, writing
from policy.models import Formality, PolicyVersion, Review
from policy.presets import load_preset
from policy.rulebook import Rulebook
from schools.roles import Role
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def celia(trust):
    return trust.person("Celia Chief", Role.CEO, None)


@pytest.fixture
def draft(trust) -> PolicyVersion:
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="Clearer words on devices")
    return PolicyVersion.objects.get(pk=version.pk)


def ours() -> str:
    answer = Client().get("/policy/")
    assert answer.status_code == 200
    return words(answer)


# ── for everybody ────────────────────────────────────────────────────────────────────────────────
def test_r_002_somebody_not_signed_in_reads_the_version_in_force_and_its_date(trust):
    assert "5.0" in ours()
    assert "23 September 2024" in ours()


def test_r_001_our_policy_shows_the_document_control(trust):
    page = ours()
    for said in ("5.0", "23 September 2024", "Chief Executive", "Replaces 4.0", "every 12 months"):
        assert said in page


def test_r_110_champions_page_shows_two_years_between_reviews(trust):
    load_preset("champion")
    assert "every 24 months" in ours()


def test_r_111_champions_page_says_that_the_day_of_review_has_passed(trust):
    load_preset("champion")
    assert "1 November 2022, which has passed" in ours()


def test_r_005_the_five_rows_of_history_stand_in_order(trust):
    page = ours()
    places = [page.index(said) for said in ("6 May 2018", "19 August 2021", "3 August 2022")]
    assert places == sorted(places)


@pytest.mark.parametrize("preset", ["sovereign", "champion"])
def test_r_007_and_r_137_the_linked_documents_stand_there(trust, preset):
    load_preset(preset)
    page = ours()
    for document in Rulebook.in_force().terms.linked_documents:
        assert document.title in page


@pytest.mark.parametrize("row", ["R-062", "R-063"])
def test_r_062_and_r_063_candidates_stand_under_not_done_in_this_system(trust, row):
    [rule] = [r for r in Rulebook.in_force().rules.values() if row in r.rows]
    assert rule.title in ours().split("Not done in this system")[1]


def test_r_132_champion_lists_watching_private_use_as_not_done_here(trust):
    load_preset("champion")
    assert "GoLive watches nobody" in ours().split("Not done in this system")[1]


def test_before_a_policy_is_in_force_the_page_says_so(trust):
    PolicyVersion.objects.update(in_force=False)
    assert "No policy is in force yet" in ours()


def test_the_page_names_nobody_and_costs_a_fixed_number_of_queries(
    trust, client, django_assert_num_queries
):
    with django_assert_num_queries(5):
        client.get("/policy/")


# ── for its owner ────────────────────────────────────────────────────────────────────────────────
def test_r_004_the_owner_reads_by_how_many_days_the_review_is_overdue(trust, signed_in, celia):
    yesterday = timezone.localdate() - timedelta(days=1)
    PolicyVersion.objects.filter(in_force=True).update(next_review=yesterday)
    assert "Review overdue by 1 day:" in words(signed_in(celia).get("/policy/desk/"))


@pytest.mark.parametrize("address", ["desk/", "next/", "next/terms/", "next/rules/", "next/act/"])
def test_nobody_else_finds_the_owners_pages(trust, signed_in, draft, address):
    for person in (trust.tessa, trust.hana, trust.person("Ola Local", Role.CIO, trust.oak)):
        client = signed_in(person)
        assert client.get(f"/policy/{address}", follow=True).status_code == 404
        assert client.post(f"/policy/{address}").status_code in {404, 405}


def test_one_press_begins_the_next_version(trust, signed_in):
    answer = signed_in(trust.cara).post("/policy/next/act/", {"verb": "start"}, follow=True)
    assert "It says the same so far" in words(answer)


def test_what_was_changed_stands_beside_what_is_in_force(trust, signed_in, draft):
    client = signed_in(trust.cara)
    form = client.get("/policy/next/terms/").context["form"]
    data = {name: form[name].value() for name in form.fields} | {"device_rule": "record_only"}
    client.post("/policy/next/terms/", {k: v for k, v in data.items() if v not in (None, False)})
    page = words(client.get("/policy/next/"))
    before, after = page.rindex("own and approved ones"), page.rindex("Any, and its kind")
    assert before < after
    assert PolicyVersion.objects.get(pk=draft.pk).terms["device_rule"] == "record_only"


def test_keeping_what_a_page_shows_changes_nothing(trust, signed_in, draft):
    client = signed_in(trust.cara)
    for page in ("terms", "routes", "words", "document"):
        form = client.get(f"/policy/next/{page}/").context["form"]
        data = {name: form[name].value() for name in form.fields}
        kept = {k: v for k, v in data.items() if v not in (None, False)}
        answer = client.post(f"/policy/next/{page}/", kept, follow=True)
        assert "Nothing was changed." in words(answer), page


def test_a_route_to_nobody_is_refused_in_words(trust, signed_in, draft):
    client = signed_in(trust.cara)
    form = client.get("/policy/next/routes/").context["form"]
    data = {name: form[name].value() for name in form.fields} | {"misuse": "the cook"}
    answer = client.post("/policy/next/routes/", data)
    assert answer.status_code == 422
    assert "“the cook” is no role" in words(answer)


def test_a_rule_below_the_floor_is_refused_on_the_page(trust, signed_in, draft):
    address = "/policy/next/rules/photo_permission/"
    rule = draft.rules.get(key="photo_permission")
    said = {name: getattr(rule, name) for name in ("title", "reference", "text", "roles")}
    form = said | {"mode": "warn", "on": "on"}
    answer = signed_in(trust.cara).post(address, form)
    assert answer.status_code == 422
    assert "The floor asks more of every trust" in words(answer)


def test_r_003_the_chief_executive_signs_with_one_press(trust, signed_in, celia, draft):
    signed_in(celia).post("/policy/next/act/", {"verb": "sign"})
    assert Formality.objects.get().by == celia


def test_r_108_the_boards_minute_is_written_down(trust, signed_in, draft):
    form = {"kind": "board_minute", "on": timezone.localdate(), "reference": "Minute 7"}
    answer = signed_in(trust.cara).post("/policy/next/formality/", form, follow=True)
    assert "Minute 7" in words(answer)


def test_r_010_the_page_names_the_earliest_day(trust, signed_in, celia, draft):
    life.sign_off(version=draft, by=celia)
    client = signed_in(trust.cara)
    form = {"kind": "board_minute", "on": timezone.localdate(), "reference": "Minute 7"}
    client.post("/policy/next/formality/", form)
    soon = {"on": timezone.localdate() + timedelta(days=20)}
    answer = client.post("/policy/next/announce/", soon)
    assert answer.status_code == 422
    assert "The earliest day is" in words(answer)


def test_r_142_less_than_usual_asks_once_more_in_champion(trust, signed_in, celia):
    load_preset("champion")
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="New words")
    version = PolicyVersion.objects.get(pk=version.pk)
    life.sign_off(version=version, by=celia)
    today = timezone.localdate()
    life.note_formality(
        version=version, kind="union_consultation", by=trust.cara, on=today, reference="NEU"
    )
    client = signed_in(trust.cara)
    first = client.post("/policy/next/announce/", {"on": today})
    assert "Usual are 14 days" in words(first)
    assert PolicyVersion.objects.get(pk=version.pk).announced_at is None
    client.post("/policy/next/announce/", {"on": today, "sure": "on"})
    assert PolicyVersion.objects.get(pk=version.pk).takes_effect_on == today


def test_r_139_a_review_is_opened_and_closed_on_the_desk(trust, signed_in):
    client = signed_in(trust.cara)
    client.post("/policy/desk/", {"reason": "law", "words": "A new Act"})
    later = timezone.localdate() + timedelta(days=300)
    client.post("/policy/desk/", {"outcome": "It stays.", "next_review": later})
    review = Review.objects.get()
    assert (review.reason, review.outcome) == ("law", "It stays.")


# ── for staff ────────────────────────────────────────────────────────────────────────────────────
def test_staff_read_what_changes_once_they_are_told(trust, signed_in, celia, draft):
    life.sign_off(version=draft, by=celia)
    life.note_formality(
        version=draft,
        kind="board_minute",
        by=trust.cara,
        on=timezone.localdate(),
        reference="Minute 7",
    )
    client = signed_in(trust.tessa)
    assert client.get("/policy/next/").status_code == 404
    on = timezone.localdate() + timedelta(days=40)
    life.announce(version=draft, on=on, by=trust.cara)
    page = words(client.get("/policy/next/"))
    assert "Clearer words on devices" in page
    assert "Take the announcement back" not in page
