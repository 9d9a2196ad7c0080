"""Anyone on the staff says what is wrong; it reaches whom the policy names, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.kinds import Kind
from cases.models import Case
from schools.actions import grant_role
from schools.errors import NotAllowed
from schools.models import Notice, User
from schools.roles import Role
from tests.approvals.pages import queries, words
from tests.cases.walk import a_case, dpo
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db
NOON = ZoneInfo("Europe/London")


def readers(case: Case, *people) -> list[str]:
    return [u.name for u in people if Case.objects.visible_to(u).filter(pk=case.pk).exists()]


def form(trust, **said):
    return {
        "kind": "access",
        "school": trust.oak.pk,
        "words": "He wants to see everything.",
        "began_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    } | said


def test_r_061_a_message_of_31_january_is_answered_by_the_end_of_february(trust, signed_in):
    dpo(trust)
    page = signed_in(trust.tessa).post("/cases/new/", form(trust, began_at="2025-01-31T21:15"))
    assert page.status_code == 302
    due = timezone.localtime(Case.objects.get().due_at)
    assert (due.date().isoformat(), due.hour) == ("2025-02-28", 23)


def test_r_061_28_february_on_a_weekend_moves_to_the_next_working_day(trust, signed_in):
    dpo(trust)
    signed_in(trust.tessa).post("/cases/new/", form(trust, began_at="2026-01-31T09:00"))
    assert timezone.localtime(Case.objects.get().due_at).date().isoformat() == "2026-03-02"


def test_a_request_for_data_goes_to_the_data_protection_officer(trust):
    dana = dpo(trust)
    case = a_case(trust)
    assert case.owner == dana
    assert Notice.objects.filter(user=dana, path=f"/cases/{case.pk}/").exists()


def test_what_was_said_is_in_no_mail(trust):
    dpo(trust)
    a_case(trust, words="Quillon was seen crying")
    told = [f"{n.subject} {n.body}" for n in Notice.objects.all()]
    assert told
    assert not [text for text in told if "Quillon" in text]


def test_a_clock_in_law_runs_where_nobody_has_the_role(trust):
    case = a_case(trust)
    assert (case.owner, case.due_at is None) == (trust.tessa, False)


def test_r_097_harmful_content_goes_to_the_head_and_not_to_the_chief_executive(trust):
    trust.hana, ceo = trust.hana, trust.person("Clement Archer", Role.CEO, None)
    case = a_case(trust, Kind.HARMFUL)
    assert readers(case, trust.hana, ceo, trust.uma) == ["Hana Okafor"]


def test_r_097_the_head_reads_how_many_hours_lay_between_seen_and_reported(trust, signed_in):
    trust.hana  # noqa: B018 (here before it is raised)
    seen = timezone.now() - timedelta(hours=5, minutes=10)
    case = a_case(trust, Kind.HARMFUL, began_at=seen)
    assert "reported after 5 hours" in words(signed_in(trust.hana).get(f"/cases/{case.pk}/"))


def test_r_135_conduct_is_never_shown_to_the_one_it_is_about(trust, signed_in):
    ceo = trust.person("Clement Archer", Role.CEO, None)
    case = a_case(trust, Kind.CONDUCT, about=trust.hana)
    assert readers(case, trust.hana, ceo) == ["Clement Archer"]
    assert signed_in(trust.hana).get(f"/cases/{case.pk}/").status_code == 404


def test_r_135_who_it_is_about_is_not_told(trust):
    trust.person("Clement Archer", Role.CEO, None)
    a_case(trust, Kind.CONDUCT, about=trust.hana)
    assert not Notice.objects.filter(user=trust.hana).exists()


def test_conduct_goes_where_another_policy_sends_it(trust):
    mo = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    put_in_force(trust, "champion")
    case = a_case(trust, Kind.CONDUCT, about=trust.uma)
    assert readers(case, mo, trust.hana) == ["Mo Manager"]


def test_conduct_with_nobody_left_to_read_it_is_said_in_person(trust):
    with pytest.raises(NotAllowed, match="in person"):
        a_case(trust, Kind.CONDUCT, about=trust.hana)


def test_conduct_names_whom_it_is_about(trust, signed_in):
    answer = signed_in(trust.tessa).post("/cases/new/", form(trust, kind="conduct"))
    assert answer.status_code == 422
    assert "Say whom it is about" in words(answer)


def test_a_worry_about_a_child_is_read_by_the_safeguarding_lead_alone(trust):
    others = [trust.hana, dpo(trust), trust.cara, trust.connie, trust.edith]
    trust.dot  # noqa: B018
    case = a_case(trust, Kind.WORRY)
    assert readers(case, trust.dot, *others) == ["Dot Fraser"]


def test_who_is_safeguarding_lead_no_more_reads_no_worry(trust):
    trust.dot  # noqa: B018
    case = a_case(trust, Kind.WORRY)
    trust.dot.roles.update(ended_at=timezone.now())
    grant_role(user=trust.dot, role=Role.HEAD, school=trust.oak, by=None)
    assert readers(case, User.objects.get(pk=trust.dot.pk)) == []


def test_who_raised_it_reads_their_own_words_and_no_time_line(trust, signed_in):
    dpo(trust)
    case = a_case(trust)
    page = words(signed_in(trust.tessa).get(f"/cases/{case.pk}/"))
    assert "everything we hold about his son" in page
    assert "Dana Osei" not in page


def test_who_raised_it_can_press_nothing(trust, signed_in):
    dpo(trust)
    case = a_case(trust)
    signed_in(trust.tessa).post(f"/cases/{case.pk}/", {"verb": "close", "words": "Done."})
    case.refresh_from_db()
    assert case.state == "open"


def test_nobody_else_finds_it(trust, signed_in):
    dpo(trust)
    case = a_case(trust)
    for somebody in (trust.uma, trust.owen, trust.connie, trust.pat):
        assert signed_in(somebody).get(f"/cases/{case.pk}/").status_code == 404


def test_somebody_of_another_school_raises_nothing_here(trust, signed_in):
    signed_in(trust.owen).post("/cases/new/", form(trust))
    assert not Case.objects.exists()


def test_it_did_not_happen_tomorrow(trust):
    with pytest.raises(NotAllowed, match="later than now"):
        a_case(trust, began_at=timezone.now() + timedelta(days=1))


def test_without_its_role_nobody_reads_on(trust):
    dana = dpo(trust)
    case = a_case(trust)
    dana.roles.update(ended_at=timezone.now())
    dana = type(dana).objects.get(pk=dana.pk)
    assert readers(case, dana) == []


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_asks_as_much_for_one_as_for_many(trust, signed_in, number):
    dana = dpo(trust)
    for _ in range(number):
        a_case(trust)
    client = signed_in(dana)
    client.get("/cases/")
    assert queries(client, "/cases/") == 9


def test_what_ends_first_stands_first(trust):
    dana = dpo(trust)
    later = a_case(trust)
    sooner = a_case(trust, began_at=datetime(2026, 1, 5, 9, tzinfo=NOON))
    found = Case.objects.visible_to(dana).by_clock()
    assert list(found) == [sooner, later]
