"""The next version: written from the present one, signed, announced, in force at midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from policy import life, rules, writing
from policy.models import Formality, HistoryRow, PolicyVersion, Review
from policy.presets import load_preset
from policy.rulebook import Rulebook
from schools.errors import NotAllowed
from schools.models import ApproverRole, Notice
from schools.roles import Role

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def celia(trust):
    """The Chief Executive, who owns and signs."""
    return trust.person("Celia Chief", Role.CEO, None)


@pytest.fixture
def draft(trust) -> PolicyVersion:
    """Sovereign's next version, with a note of what changes."""
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="Clearer words on devices")
    return fresh(version)


def fresh(version: PolicyVersion) -> PolicyVersion:
    return PolicyVersion.objects.get(pk=version.pk)


def complete(version: PolicyVersion, trust, celia) -> None:
    """Signed off, and approved by the Board."""
    life.sign_off(version=version, by=celia)
    minute(version, trust)


def minute(version: PolicyVersion, trust, kind: str = Formality.Kind.BOARD_MINUTE) -> Formality:
    return life.note_formality(
        version=version, kind=kind, by=trust.cara, on=timezone.localdate(), reference="Minute 7"
    )


def in_a_while() -> date:
    return timezone.localdate() + timedelta(days=40)


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
def test_the_next_version_says_what_the_present_one_says(trust, draft):
    assert (draft.number, draft.supersedes, draft.made_from) == ("6.0", "5.0", trust.policy)
    assert draft.rules.count() == trust.policy.rules.count()
    assert (draft.terms, draft.words) == (trust.policy.terms, trust.policy.words)


def test_the_present_one_stays_in_force_and_unchanged(trust, draft):
    writing.change_terms(version=draft, by=trust.cara, positive_only=False)
    assert Rulebook.in_force().version == trust.policy
    assert Rulebook.in_force().terms.positive_only


def test_there_is_one_next_version_at_a_time(trust, draft):
    with pytest.raises(NotAllowed, match="being written already"):
        writing.start(by=trust.cara)


def test_somebody_who_does_not_look_after_the_policy_writes_none(trust):
    with pytest.raises(NotAllowed, match="do not look after"):
        writing.start(by=trust.hana)


def test_a_version_that_was_in_force_is_never_rewritten(trust):
    with pytest.raises(NotAllowed, match="is or was in force"):
        writing.change_terms(version=trust.policy, by=trust.cara, positive_only=False)


def test_a_term_that_cannot_be_is_refused_in_words(trust, draft):
    with pytest.raises(NotAllowed, match="Which devices photos come from: “any” is none of"):
        writing.change_terms(version=draft, by=trust.cara, device_rule="any")


def test_a_number_that_was_used_is_refused(trust, draft):
    with pytest.raises(NotAllowed, match=r"a version 4\.0 already"):
        writing.change(version=draft, by=trust.cara, number="4.0")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": False}, "stays on"),
        ({"mode": "warn"}, "The floor asks more"),
        ({"roles": ["author"]}, "somebody who would be missing"),
    ],
)
def test_a_rule_goes_no_lower_than_the_floor(trust, draft, fields, said):
    rule = draft.rules.get(key="photo_permission")
    with pytest.raises(NotAllowed, match=said):
        writing.change_rule(rule=rule, by=trust.cara, **fields)


def test_a_rule_can_be_made_stricter(trust, draft):
    rule = draft.rules.get(key="name_maybe")
    assert writing.change_rule(rule=rule, by=trust.cara, mode="block") == ["mode"]
    assert draft.rules.get(key="name_maybe").mode == "block"


def test_the_words_of_the_floor_are_not_the_trusts_to_rewrite(trust, draft):
    rule = draft.rules.get(key="alt_text")
    with pytest.raises(NotAllowed, match="words of the floor"):
        writing.change_rule(rule=rule, by=trust.cara, text="Only if you like.")


def test_a_rule_of_the_trusts_own_can_be_switched_off(trust, draft):
    rule = draft.rules.get(key="negative_words")
    assert writing.change_rule(rule=rule, by=trust.cara, on=False) == ["on"]


def test_a_draft_can_be_given_up(trust, draft):
    writing.discard(version=draft, by=trust.cara)
    assert PolicyVersion.objects.get() == trust.policy


# ── formalities ──────────────────────────────────────────────────────────────────────────────────
def test_r_003_only_whom_the_policy_names_signs_it_off(trust, draft):
    with pytest.raises(NotAllowed, match="Chief Executive signs"):
        life.sign_off(version=draft, by=trust.cara)


def test_r_003_the_sign_off_holds_name_role_and_time(trust, draft, celia):
    made = life.sign_off(version=draft, by=celia)
    assert (made.by, made.role) == (celia, "Chief Executive, whole trust")
    assert timezone.now() - made.at < timedelta(minutes=1)


def test_r_003_a_version_without_sign_off_cannot_be_announced(trust, draft):
    minute(draft, trust)
    with pytest.raises(NotAllowed, match="not signed off"):
        life.announce(version=draft, on=in_a_while(), by=trust.cara)


def test_r_108_a_sovereign_version_without_a_minute_cannot_be_announced(trust, draft, celia):
    life.sign_off(version=draft, by=celia)
    with pytest.raises(NotAllowed, match="Board’s approval is not recorded"):
        life.announce(version=draft, on=in_a_while(), by=trust.cara)


def test_r_140_a_champion_version_without_consultation_cannot_be_announced(trust, celia):
    load_preset("champion")
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="New words")
    life.sign_off(version=fresh(version), by=celia)
    with pytest.raises(NotAllowed, match="trade unions is not recorded"):
        life.announce(version=version, on=in_a_while(), by=trust.cara)
    minute(fresh(version), trust, Formality.Kind.UNION_CONSULTATION)
    life.announce(version=version, on=in_a_while(), by=trust.cara)
    assert fresh(version).takes_effect_on == in_a_while()


def test_a_signature_holds_only_for_the_text_it_was_given_to(trust, draft, celia):
    complete(draft, trust, celia)
    assert rules.missing(draft) == []
    rule = draft.rules.get(key="name_maybe")
    writing.change_rule(rule=rule, by=trust.cara, mode="block")
    assert len(rules.missing(fresh(draft))) == 2


@pytest.mark.django_db(transaction=True)
def test_a_signature_is_never_changed(trust, draft, celia):
    life.sign_off(version=draft, by=celia)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Formality.objects.update(role="King")


def test_a_minute_says_where_it_is_on_record(trust, draft):
    with pytest.raises(NotAllowed, match="where it is on record"):
        life.note_formality(
            version=draft,
            kind=Formality.Kind.BOARD_MINUTE,
            by=trust.cara,
            on=timezone.localdate(),
            reference=" ",
        )


# ── announcing ───────────────────────────────────────────────────────────────────────────────────
@time_machine.travel(datetime(2027, 3, 3, 12, tzinfo=LONDON), tick=True)
def test_r_010_twenty_days_after_the_notice_is_refused_with_the_earliest_day(trust, draft, celia):
    complete(draft, trust, celia)
    with pytest.raises(NotAllowed, match="The earliest day is 3 April 2027"):
        life.announce(version=draft, on=date(2027, 3, 23), by=trust.cara)


@pytest.mark.parametrize(
    ("told", "months", "first"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 3, 3), 0, date(2026, 3, 3)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_r_010_a_month_is_a_calendar_month(told, months, first):
    assert rules.months_after(told, months) == first


def test_r_010_all_staff_are_told(trust, draft, celia):
    complete(draft, trust, celia)
    trust.tessa, trust.owen  # noqa: B018  made when first asked for
    life.announce(version=draft, on=in_a_while(), by=trust.cara)
    told = set(Notice.objects.filter(subject__startswith="The policy changes").values_list("user"))
    assert {(trust.tessa.pk,), (trust.owen.pk,), (celia.pk,)} <= told


def test_r_142_champion_can_take_effect_today_with_a_warning(trust):
    load_preset("champion")
    version = writing.start(by=trust.cara)
    today = timezone.localdate()
    assert rules.earliest(version, today) == today
    assert rules.is_short(version, today, today) == (
        "Usual are 14 days, so that everybody can read it first."
    )
    assert rules.is_short(version, today + timedelta(days=14), today) == ""


def test_what_was_announced_is_not_changed_behind_anybodys_back(trust, draft, celia):
    complete(draft, trust, celia)
    life.announce(version=draft, on=in_a_while(), by=trust.cara)
    with pytest.raises(NotAllowed, match="Take the announcement back first"):
        writing.change_terms(version=draft, by=trust.cara, positive_only=False)


def test_the_database_refuses_a_day_that_nobody_was_told_of(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=draft.pk).update(takes_effect_on=in_a_while())


# ── taking effect ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("at", "is_in_force"),
    [
        (datetime(2027, 7, 31, 23, 59, tzinfo=LONDON), False),
        (datetime(2027, 8, 1, 0, 1, tzinfo=LONDON), True),
    ],
)
def test_it_takes_effect_at_midnight_in_the_trusts_time(trust, draft, celia, at, is_in_force):
    # In July UTC is an hour behind the trust's own midnight.
    with time_machine.travel(datetime(2027, 6, 20, 12, tzinfo=LONDON), tick=True):
        complete(draft, trust, celia)
        life.announce(version=draft, on=date(2027, 8, 1), by=trust.cara)
    life.activate_due(at=at)
    assert fresh(draft).in_force is is_in_force


def activated(draft: PolicyVersion, trust, celia) -> PolicyVersion:
    """Complete, announced, and its day has come."""
    complete(draft, trust, celia)
    life.announce(version=draft, on=in_a_while(), by=trust.cara)
    life.activate_due(at=timezone.now() + timedelta(days=41))
    return fresh(draft)


def test_it_replaces_the_present_one_and_stands_in_the_history(trust, draft, celia):
    version = activated(draft, trust, celia)
    assert PolicyVersion.objects.get(in_force=True) == version
    row = HistoryRow.objects.filter(policy="sovereign").last()
    assert (row.number, row.amendments) == ("6.0", "Clearer words on devices")
    assert row.author == "Chief Executive, whole trust"
    assert version.signed_off_by == celia


def test_its_approvers_confirm_posts_from_then_on(trust, draft, celia):
    writing.change_terms(version=draft, by=trust.cara, approver_roles=["manager"])
    activated(fresh(draft), trust, celia)
    assert set(ApproverRole.objects.values_list("role", flat=True)) == {"manager", "deputy"}


def test_twice_does_nothing_more(trust, draft, celia):
    activated(draft, trust, celia)
    assert life.activate_due(at=timezone.now() + timedelta(days=42)) == 0
    assert HistoryRow.objects.filter(number="6.0").count() == 1


def test_a_version_that_lacks_something_on_its_day_does_not_take_effect(trust, draft, celia):
    complete(draft, trust, celia)
    life.announce(version=draft, on=in_a_while(), by=trust.cara)
    draft.rules.filter(key="purpose").update(title="Something else")
    assert life.activate_due(at=timezone.now() + timedelta(days=41)) == 0
    assert Rulebook.in_force().version == trust.policy
    assert Notice.objects.filter(user=celia, subject__contains="cannot take effect").exists()


def test_an_announcement_can_be_taken_back_before_its_day(trust, draft, celia):
    complete(draft, trust, celia)
    life.announce(version=draft, on=in_a_while(), by=trust.cara)
    life.take_back(version=draft, by=trust.cara)
    assert life.activate_due(at=timezone.now() + timedelta(days=41)) == 0


def test_the_trusts_own_version_stays_when_setup_runs_again(trust, draft, celia):
    version = activated(draft, trust, celia)
    assert load_preset("sovereign") == version
    assert fresh(version).in_force


# ── reviews ──────────────────────────────────────────────────────────────────────────────────────
def reviewed_on(trust, day: date) -> None:
    PolicyVersion.objects.filter(pk=trust.policy.pk).update(next_review=day)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (90, "due in 90 days"),
        (30, "due in 30 days"),
        (0, "due today"),
        (-5, "overdue by 5 days"),
    ],
)
def test_r_004_owner_and_cio_are_reminded(trust, celia, left, said):
    reviewed_on(trust, timezone.localdate() + timedelta(days=left))
    trust.cara  # noqa: B018  made when first asked for
    assert life.remind_of_review() == 1
    told = Notice.objects.filter(subject__contains=said).values_list("user", flat=True)
    assert set(told) == {celia.pk, trust.cara.pk}


def test_r_004_each_reminder_goes_once(trust, celia):
    reviewed_on(trust, timezone.localdate() + timedelta(days=30))
    assert [life.remind_of_review(), life.remind_of_review()] == [1, 0]


def test_r_004_nobody_is_reminded_long_before(trust, celia):
    reviewed_on(trust, timezone.localdate() + timedelta(days=91))
    assert life.remind_of_review() == 0


def test_r_004_posts_go_out_though_the_review_is_overdue(trust):
    assert rules.overdue(trust.policy, timezone.localdate()) > 365
    assert trust.published().state == "closed"


def test_r_139_a_review_is_opened_because_the_law_changed(trust):
    made = life.open_review(version=trust.policy, reason="law", words="A new Act", by=trust.cara)
    assert made.get_reason_display() == "The law or official guidance changed"


def test_r_139_a_review_ends_with_what_came_of_it_and_the_next_day(trust):
    made = life.open_review(version=trust.policy, reason="day", words="", by=trust.cara)
    with pytest.raises(NotAllowed, match="what came of it"):
        life.close_review(review=made, outcome=" ", next_review=in_a_while(), by=trust.cara)
    life.close_review(review=made, outcome="It stays.", next_review=in_a_while(), by=trust.cara)
    assert fresh(trust.policy).next_review == in_a_while()
    assert Review.objects.get().closed_by == trust.cara


def test_r_111_champion_is_overdue_since_november_2022(trust):
    version = load_preset("champion")
    assert version.next_review == date(2022, 11, 1)
    assert rules.overdue(version, date(2022, 11, 11)) == 10
