"""A case moves by people alone: notes, waiting, more time, what the clock asks, an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from cases import actions, reminding
from cases.kinds import Kind
from cases.models import Case
from schools.errors import NotAllowed
from schools.models import Notice
from schools.roles import Role
from tests.approvals.pages import words
from tests.cases.walk import a_case, dpo

pytestmark = pytest.mark.django_db


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def due(case: Case) -> str:
    return timezone.localtime(fresh(case).due_at).date().isoformat()


def steps(case: Case) -> list[str]:
    return list(case.notes.values_list("step", flat=True))


def test_r_009_an_incident_is_closed_with_an_outcome_in_words(trust):
    dana = dpo(trust)
    case = a_case(trust)
    actions.close(case=case, words="Sent on paper.", by=dana)
    case = fresh(case)
    assert (case.state, case.outcome, case.closed_by) == ("closed", "Sent on paper.", dana)


def test_r_009_without_words_it_stays_open(trust):
    case = a_case(trust, by=dpo(trust))
    with pytest.raises(NotAllowed, match="few words"):
        actions.close(case=case, words="  ", by=case.owner)


def test_r_009_the_database_knows_no_outcome_without_a_person(trust):
    case = a_case(trust)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(
            state="closed", outcome="By rule", closed_at=timezone.now()
        )


def test_r_009_no_passing_of_time_closes_one(trust):
    dpo(trust)
    case = a_case(trust)
    for days in (31, 100, 400):
        reminding.remind(at=timezone.now() + timedelta(days=days))
    assert fresh(case).state == "open"


def test_r_135_a_case_cannot_be_deleted(trust):
    case = a_case(trust)
    with pytest.raises(ProtectedError):
        case.delete()


@pytest.mark.django_db(transaction=True)
def test_r_135_not_past_the_program_either(trust):
    case = a_case(trust)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_case WHERE id = %s", [case.pk])
    assert Case.objects.filter(pk=case.pk).exists()


def test_a_closed_case_takes_no_more_lines(trust):
    dana = dpo(trust)
    case = a_case(trust)
    actions.close(case=case, words="Done.", by=dana)
    with pytest.raises(NotAllowed, match="closed"):
        actions.add_note(case=case, words="Also this.", by=dana)


def test_r_024_the_note_form_warns_of_passwords(trust, signed_in):
    dana = dpo(trust)
    case = a_case(trust)
    assert "Never paste a password here" in words(signed_in(dana).get(f"/cases/{case.pk}/"))


def test_r_160_waiting_for_proof_of_identity_stops_the_clock(trust):
    dana = dpo(trust)
    case = a_case(trust)
    actions.wait(case=case, words="Asked for a passport.", by=dana)
    assert (fresh(case).state, fresh(case).due_at) == ("waiting", None)


def test_r_160_the_days_of_waiting_are_not_counted(trust):
    with time_machine.travel("2026-09-01 10:00+01:00", tick=False) as clock:
        dana = dpo(trust)
        case = a_case(trust)
        assert due(case) == "2026-10-01"
        clock.move_to("2026-09-03 10:00+01:00")
        actions.wait(case=case, words="Asked for a passport.", by=dana)
        clock.move_to("2026-09-10 10:00+01:00")
        actions.go_on(case=case, words="It came.", by=dana)
    assert due(case) == "2026-10-08"


def test_r_160_what_is_overdue_does_not_begin_to_wait(trust):
    dana = dpo(trust)
    case = a_case(trust, began_at=timezone.now() - timedelta(days=40))
    with pytest.raises(NotAllowed, match="time is over"):
        actions.wait(case=case, words="Asked for a passport.", by=dana)


def test_r_160_two_months_more_if_told_within_the_first(trust):
    with time_machine.travel("2026-09-01 10:00+01:00", tick=False) as clock:
        dana = dpo(trust)
        case = a_case(trust)
        clock.move_to("2026-10-01 10:00+01:00")
        actions.take_longer(case=case, words="Told: 200 posts to look through.", by=dana)
    assert due(case) == "2026-12-01"


def test_r_160_told_later_there_is_no_more_time(trust):
    with time_machine.travel("2026-09-01 10:00+01:00", tick=False) as clock:
        dana = dpo(trust)
        case = a_case(trust)
        clock.move_to("2026-10-02 10:00+01:00")
        with pytest.raises(NotAllowed, match="first month is over"):
            actions.take_longer(case=case, words="Told late.", by=dana)


def test_r_161_an_acknowledged_complaint_is_open_and_its_clock_has_ended(trust):
    dana = dpo(trust)
    case = a_case(trust, Kind.COMPLAINT)
    actions.meet(case=case, words="Wrote to her today.", by=dana)
    assert (fresh(case).state, fresh(case).due_at) == ("open", None)


def test_only_who_looks_after_it_writes_in_it(trust):
    dpo(trust)
    case = a_case(trust)
    with pytest.raises(NotAllowed, match="not yours"):
        actions.add_note(case=case, words="Me too.", by=trust.uma)


def test_words_that_were_not_taken_are_still_there(trust, signed_in):
    dana = dpo(trust)
    case = a_case(trust)
    page = signed_in(dana).post(f"/cases/{case.pk}/", {"verb": "go_on", "words": "It came."})
    assert page.status_code == 422
    assert "It came." in words(page)


# ── clocks that end ──────────────────────────────────────────────────────────────────────────────
def told(user, subject: str) -> int:
    return Notice.objects.filter(user=user, subject__startswith=subject).count()


def test_a_week_before_the_end_its_owner_is_reminded_once(trust):
    dana = dpo(trust)
    case = a_case(trust)
    for days in (8, 6, 5):
        reminding.remind(at=case.due_at - timedelta(days=days))
    assert told(dana, "Time runs out") == 1


def test_a_breach_is_remembered_a_day_before_its_72_hours_are_over(trust):
    dana = dpo(trust)
    case = a_case(trust, Kind.BREACH)
    reminding.remind(at=case.due_at - timedelta(hours=25))
    assert told(dana, "Time runs out") == 0
    reminding.remind(at=case.due_at - timedelta(hours=23))
    assert told(dana, "Time runs out") == 1


def test_what_is_overdue_climbs_to_the_deputy_once(trust):
    dana, cara = dpo(trust), trust.cara
    case = a_case(trust)
    for hours in (1, 2):
        reminding.remind(at=case.due_at + timedelta(hours=hours))
    assert [told(u, "Overdue") for u in (dana, cara)] == [1, 1]


def test_without_a_deputy_the_next_in_line_becomes_it(trust):
    dpo(trust)
    case = a_case(trust)
    ceo = trust.person("Clement Archer", Role.CEO, None)
    reminding.remind(at=case.due_at + timedelta(minutes=1))
    assert (fresh(case).deputy, steps(case)) == (ceo, ["raised", "climbed"])


def test_what_is_met_is_not_overdue(trust):
    dana = dpo(trust)
    case = a_case(trust, Kind.COMPLAINT)
    ends = case.due_at
    actions.meet(case=case, words="Wrote.", by=dana)
    reminding.remind(at=ends + timedelta(days=1))
    assert told(dana, "Overdue") == 0


def test_when_its_owner_leaves_it_is_handed_on(trust):
    dana, cara = dpo(trust), trust.cara
    case = a_case(trust)
    type(dana).objects.filter(pk=dana.pk).update(is_active=False)
    reminding.remind()
    assert (fresh(case).owner, told(cara, "Now yours")) == (cara, 1)
