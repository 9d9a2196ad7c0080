"""The weekly mail, the list and the campaign speak of the same pupils (R-149)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consents import campaigns, ending_soon, renewal
from consents.actions import Said, record_many
from consents.agreements import in_force
from consents.choosing import Choice, look
from consents.coverage import Scope, Tally, pupils_of_any_kind
from consents.endings import asked_again_before
from consents.errors import NotAllowed
from consents.models import Campaign, Child, EndingsTold, Kind, Way
from consents.wording import Ends, Rule
from policy.models import Platform
from schools.models import Notice
from tests.approvals.pages import queries, words
from tests.consents.parents.test_saying_yes_again import A_YEAR, later, ruled, says_yes

pytestmark = pytest.mark.django_db
PAGE = "/children/ending/"


def says_own(home, child: Child, answer: str = "yes", key: str = "facebook") -> None:
    """The office writes down what the pupil says."""
    record_many(
        said=[Said(home.trust.platform(key), "photo", answer)],
        child=child,
        given_by_child=True,
        way=Way.IN_PERSON,
        agreement=in_force(),
        by=home.trust.connie,
    )


def both_needed(home) -> None:
    Child.objects.filter(pk=home.ife.pk).update(decides="both")


def lists(client) -> dict[str, list[str]]:
    """What the page lists, by its key."""
    page = client.get(PAGE)
    return {
        found.key: [line.child.known_as for line in found.lines] for found in page.context["lists"]
    }


def preview(home):
    return look(Choice(home.trust.oak, Campaign.Whom.ENDING), in_force())


def told() -> list[str]:
    rows = Notice.objects.filter(subject__contains="to ask again").order_by("pk")
    return list(rows.values_list("body", flat=True))


# ── the pupil's own yes ──────────────────────────────────────────────────────────────────────────
def test_a_pupil_whose_own_yes_ends_is_asked_at_school_and_no_parent_is(home, signed_in):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    with later(200):
        says_yes(home)
    with later(340):
        office = signed_in(home.trust.connie)
        assert lists(office) == {"own": ["Ife"]}
        found = preview(home)
        assert (found.by_mail, found.own) == ([], [home.ife])


def test_the_office_is_told_of_them_with_a_link_to_the_list(home, signed_in):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    with later(200):
        says_yes(home)
    with later(340):
        assert home.trust.connie
        assert ending_soon.tell_offices() == 1
        [body] = told()
        assert "Ask 1 pupil again at school: their own yes is needed." in body
        assert "parents" not in body
        page = signed_in(home.trust.connie).get(Notice.objects.latest("pk").path)
        assert f"/children/{home.ife.pk}/?who=pupil#s-new" in page.content.decode()


def test_the_link_leads_to_a_form_with_the_pupil_chosen(home, signed_in):
    page = signed_in(home.trust.connie).get(f"/children/{home.ife.pk}/?who=pupil")
    assert page.context["form"]["giver"].value() == "pupil"


def test_what_is_written_down_there_takes_them_off_the_list(home, signed_in):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    with later(200):
        says_yes(home)
    with later(340):
        office = signed_in(home.trust.connie)
        says_own(home, home.ife)
        assert lists(office) == {}


def test_where_both_yeses_end_both_are_asked(home, signed_in):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    says_yes(home)
    with later(340):
        assert lists(signed_in(home.trust.connie)) == {"parents": ["Ife"], "own": ["Ife"]}
        assert ending_soon.tell_offices() == 1
        assert EndingsTold.objects.get().pupils == 1


# ── where asking again would change nothing ──────────────────────────────────────────────────────
def test_a_version_with_one_last_day_is_no_task_of_the_office(home, signed_in):
    assert home.trust.connie
    day = timezone.localdate() + timedelta(days=20)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    says_yes(home)
    assert ending_soon.tell_offices() == 0
    assert told() == []
    assert lists(signed_in(home.trust.connie)) == {"nobody": ["Ife"]}
    assert preview(home).by_mail == []


def test_whoever_writes_the_agreement_is_told_once_a_week_to_publish_the_next(home):
    day = timezone.localdate() + timedelta(days=20)
    assert home.trust.cara
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    start = timezone.now()
    for hours in (0, 1, 24, 24 * 7):
        ending_soon.tell_offices(at=start + timedelta(hours=hours))
    mails = Notice.objects.filter(subject__contains="publish the next agreement")
    assert [(mail.user, mail.path) for mail in mails] == [
        (home.trust.cara, reverse("consents:agreements"))
    ] * 2


def test_nobody_is_told_so_weeks_before(home):
    day = timezone.localdate() + timedelta(days=100)
    assert home.trust.cara
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    ending_soon.tell_offices()
    assert not Notice.objects.filter(subject__contains="publish").exists()


def test_the_next_version_makes_them_a_task(home, signed_in):
    day = timezone.localdate() + timedelta(days=20)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    says_yes(home)
    ruled(home, A_YEAR)
    assert lists(signed_in(home.trust.connie)) == {"parents": ["Ife"]}
    assert ending_soon.tell_offices() == 1


def test_a_mother_is_not_asked_again_where_the_father_says_no(home):
    ruled(home, A_YEAR)
    says_yes(home)
    home.sends(home.address(home.father), **{home.line(home.ife): "no"})
    with later(340):
        assert preview(home).by_mail == []


def test_nor_where_the_fathers_yes_lasts(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(200):
        home.sends(home.address(home.father), **{home.line(home.ife): "yes"})
    with later(340):
        assert preview(home).by_mail == []


def test_a_first_name_that_the_full_name_covers_for_longer_does_not_end(home):
    ruled(home, A_YEAR)
    home.sends(home.address(), **{home.line(home.ife, "news", "first_name"): "yes"})
    with later(200):
        home.sends(home.address(), **{home.line(home.ife, "news", "full_name"): "yes"})
    with later(340):
        assert renewal.look([home.trust.oak.pk], in_force()) == renewal.Renewal()


# ── what has ended ───────────────────────────────────────────────────────────────────────────────
def test_what_has_ended_stands_apart_and_the_same_campaign_asks(home, signed_in):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    says_yes(home)
    with later(500):
        assert lists(signed_in(home.trust.connie)) == {
            "parents_over": ["Ife"],
            "own_over": ["Ife"],
        }
        assert [c for _, c in preview(home).by_mail] == [[home.ife]]
        assert ending_soon.tell_offices() == 0


def test_who_came_back_is_listed_without_a_day(home, signed_in):
    says_yes(home)
    home.ife.returned_on = timezone.localdate() + timedelta(days=1)
    home.ife.save()
    with later(2):
        page = words(signed_in(home.trust.connie).get(PAGE))
        assert "Ife Adeyemi 4B · Oak · from before they left and came back" in page


def test_a_fathers_ended_yes_beside_a_mothers_that_lasts_is_nothing_to_mend(home):
    """What is missing is the pupil's own, which was never there."""
    both_needed(home)
    ruled(home, A_YEAR)
    home.sends(home.address(home.father), **{home.line(home.ife): "yes"})
    with later(200):
        says_yes(home)
    with later(500):
        assert renewal.look([home.trust.oak.pk], in_force()) == renewal.Renewal()


def test_a_full_name_that_ended_has_nothing_to_mend_where_the_first_name_is_refused(home):
    ruled(home, A_YEAR)
    home.sends(home.address(), **{home.line(home.ife, "news", "full_name"): "yes"})
    home.sends(home.address(), **{home.line(home.ife, "news", "first_name"): "no"})
    with later(500):
        assert renewal.look([home.trust.oak.pk], in_force()) == renewal.Renewal()


# ── the same pupils everywhere ───────────────────────────────────────────────────────────────────
@given(
    said=st.lists(
        st.tuples(
            st.sampled_from(["mother", "father", "own"]),
            st.sampled_from(["ife", "tobi"]),
            st.sampled_from([Kind.PHOTO, Kind.FIRST_NAME, Kind.FULL_NAME]),
            st.sampled_from(["yes", "yes", "yes", "no", "unclear"]),
            st.none() | st.integers(-20, 80),
        ),
        max_size=7,
    ),
    decides=st.sampled_from(["", "both", "pupil", "parents"]),
    came_back=st.booleans(),
    rule=st.sampled_from([A_YEAR, Ends(weeks=8), Ends(Rule.STAGE)]),
)
@example(  # a full name whose first name is refused counts for nothing, so nothing of it ends
    said=[
        ("mother", "tobi", Kind.FIRST_NAME, "no", None),
        ("mother", "tobi", Kind.FULL_NAME, "yes", 0),
    ],
    decides="",
    came_back=False,
    rule=A_YEAR,
)
@example(  # and once its last day is over nothing of it has ended
    said=[
        ("mother", "tobi", Kind.FIRST_NAME, "no", None),
        ("mother", "tobi", Kind.FULL_NAME, "yes", -2),
    ],
    decides="",
    came_back=False,
    rule=A_YEAR,
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mail_list_and_campaign_name_the_same_pupils(
    home,
    said: list[tuple[str, str, Any, str, int | None]],
    decides: str,
    came_back: bool,
    rule: Ends,
):
    assert home.trust.connie
    with transaction.atomic():
        agreement = ruled(home, rule)
        family(home, said, decides, came_back=came_back)
        found = renewal.look([home.trust.oak.pk], agreement)
        places = Platform.objects.filter(is_asked=True).values_list("pk", flat=True)
        scope = Scope([home.trust.oak.pk], list(places), soon=asked_again_before(agreement))
        listed = set(pupils_of_any_kind(scope, [Tally.ENDING], Kind.values))
        ended = set(pupils_of_any_kind(scope, [Tally.ENDED], Kind.values))
        asked = preview(home)
        transaction.set_rollback(True)
    soon = [*found.soon.parents, *found.soon.own, *found.soon.nobody]
    assert renewal.pupils(soon) == listed
    over = [*found.over.parents, *found.over.own, *found.over.nobody]
    assert renewal.pupils(over) == ended
    by_mail = {child.pk for _, children in asked.by_mail for child in children}
    assert by_mail == renewal.pupils([*found.soon.parents, *found.over.parents])
    own = {child.pk for child in asked.own}
    assert own == renewal.pupils([*found.soon.own, *found.over.own])


def family(
    home, said: list[tuple[str, str, Any, str, int | None]], decides: str, *, came_back: bool
) -> None:
    """What each said in turn a month ago, with so many days left from today."""
    today = timezone.localdate()
    Child.objects.filter(pk=home.ife.pk).update(
        decides=decides, returned_on=today if came_back else None
    )
    givers: dict[str, dict[str, Any]] = {
        "mother": {"giver": home.folake},
        "father": {"giver": home.father},
        "own": {"given_by_child": True},
    }
    before = timezone.now() - timedelta(days=30)
    for n, (who, child, kind, answer, days) in enumerate(said):
        record_many(
            said=[Said(home.trust.platform("news"), kind, answer)],
            child=getattr(home, child),
            way=Way.PAPER,
            given_at=before + timedelta(minutes=n),
            until=None if days is None else today + timedelta(days=days),
            by=home.trust.connie,
            **givers[who],
        )


def test_a_campaign_for_a_list_with_pupils_alone_is_not_sent(home):
    both_needed(home)
    ruled(home, A_YEAR)
    says_own(home, home.ife)
    with later(200):
        says_yes(home)
    with later(340), pytest.raises(NotAllowed, match="nobody to ask"):
        campaigns.send(
            choice=Choice(home.trust.oak, Campaign.Whom.ENDING),
            key=uuid4(),
            remind_after=(),
            by=home.trust.connie,
        )


# ── what it costs, and who sees it ───────────────────────────────────────────────────────────────
def test_a_school_where_nobody_ends_is_counted_once_a_day(home):
    assert home.trust.connie
    assert home.trust.elm_office
    ruled(home, A_YEAR)
    at = timezone.now().replace(hour=9)
    assert ending_soon.tell_offices(at=at) == 0
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ending_soon.tell_offices(at=at + timedelta(hours=1))
    assert not [q for q in asked.captured_queries if "consentdecision" in q["sql"]]
    with CaptureQueriesContext(connection) as asked:
        ending_soon.tell_offices(at=at + timedelta(days=1))
    assert len([q for q in asked.captured_queries if "consentdecision" in q["sql"]]) == 2


def test_the_page_asks_the_same_number_of_questions_for_one_and_many(home, signed_in):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(340):
        office = signed_in(home.trust.connie)
        number = queries(office, PAGE)
        says_yes(home, home.tobi)
        Child.objects.update(returned_on=timezone.localdate() + timedelta(days=1))
        assert queries(office, PAGE) == number


def test_who_reads_and_does_not_write_is_led_to_no_form(home, signed_in):
    both_needed(home)
    ruled(home, replace(A_YEAR, weeks=26))
    says_own(home, home.ife)
    says_yes(home)
    with later(340):
        page = signed_in(home.trust.hana).get(PAGE)
        assert "Ife" in words(page)
        assert "Write it down" not in words(page)
        assert page.context["ask_url"] == ""


@pytest.mark.parametrize(("who", "status"), [("tessa", 404), ("pat", 404), ("elm_office", 200)])
def test_others_see_nothing_of_it(home, signed_in, who, status):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(340):
        page = signed_in(getattr(home.trust, who)).get(PAGE)
        assert page.status_code == status
        assert "Ife" not in words(page)


def test_who_looks_after_two_schools_sees_one_at_a_time(home, signed_in):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(340):
        edith = signed_in(home.trust.edith)
        pages = {slug: words(edith.get(PAGE, {"school": slug})) for slug in ("oak", "elm")}
        assert ["Ife" in pages[slug] for slug in ("oak", "elm")] == [True, False]
        assert "Oak Elm" in pages["elm"] or "Elm Oak" in pages["elm"]
        assert edith.get(PAGE, {"school": "ash"}).status_code == 404
