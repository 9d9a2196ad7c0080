"""How long a yes lasts: the rule of its version, and every way of writing an answer down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from consents import agreements
from consents.actions import Said, record_many
from consents.class_lists import Heard, record_class
from consents.endings import last_day, school_year
from consents.errors import NotAllowed
from consents.models import Agreement, Answer, Child, ConsentDecision, Way
from consents.wording import Document, Ends, Rule, fingerprint
from tests.approvals.pages import words
from tests.consents.agreements.writing import published
from tests.consents.asking import may

YEAR = Ends(Rule.YEARS, years=1)
STAGE = Ends(Rule.STAGE)


def document(ends: Ends) -> Document:
    return Document(ends=ends)


def child(year: str = "", born_on: date | None = None) -> Child:
    return Child(year=year, born_on=born_on)


def in_force(trust, ends: Ends):
    """A version with this rule, published."""
    return published(trust, replace(agreements.starting_document("Two Trees Trust"), ends=ends))


# ── the rule ─────────────────────────────────────────────────────────────────────────────────────
def test_until_leaving_has_no_last_day():
    assert last_day(document(Ends()), child("4"), date(2026, 11, 21)) is None


@pytest.mark.parametrize(
    ("given_on", "years", "until"),
    [
        (date(2026, 11, 21), 1, date(2027, 11, 20)),
        (date(2026, 11, 21), 5, date(2031, 11, 20)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 28)),
        (date(2027, 3, 1), 1, date(2028, 2, 29)),
    ],
)
def test_so_many_years_end_on_the_day_before_the_anniversary(given_on, years, until):
    ends = Ends(Rule.YEARS, years=years)
    assert last_day(document(ends), child("4"), given_on) == until


def test_a_fixed_day_is_that_day():
    ends = Ends(Rule.DAY, day="2027-07-20")
    assert last_day(document(ends), child("4"), date(2026, 11, 21)) == date(2027, 7, 20)


# In which year group a pupil is, and with which the stage ends, as the schools have it.
STAGES = {
    "Nursery": "Reception",
    "Reception": "Reception",
    "1": "2", "2": "2",
    "3": "6", "4": "6", "5": "6", "6": "6",
    "7": "9", "8": "9", "9": "9",
    "10": "11", "11": "11",
    "12": "13", "13": "13",
    "14": "14",
}  # fmt: skip
ORDER = ["Nursery", "Reception", *[str(number) for number in range(1, 15)]]
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def ends_slowly(year: str | None, day: date, weeks: int) -> date:
    """Walk on day by day and year by year, and look at the table."""
    end = day
    while (end.month, end.day) != (8, 31):
        end += timedelta(days=1)
    while year is not None and year != STAGES[year]:
        year = ORDER[ORDER.index(year) + 1]
        end = end.replace(year=end.year + 1)
    if (end - day).days >= weeks * 7:
        return end
    after = None if year in {None, "14"} else ORDER[ORDER.index(year) + 1]
    return ends_slowly(after, end + timedelta(days=1), 0)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*ORDER, None]), DAYS, st.integers(1, 26))
def test_the_end_of_the_key_stage_is_the_one_of_a_slow_table(year, day, weeks):
    with time_machine.travel(day, tick=False):
        found = last_day(document(Ends(Rule.STAGE, weeks=weeks)), child(year or ""), day)
    assert found == ends_slowly(year, day, weeks)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2008, 9, 1), date(2022, 8, 31)), DAYS, st.integers(1, 26))
def test_a_date_of_birth_says_the_year_where_none_is_on_record(born_on, day, weeks):
    age = sum(
        1 for y in range(born_on.year + 1, 2040) if date(y, *_birthday(born_on)) <= _first(day)
    )
    year = ORDER[age - 3] if 3 <= age <= 18 else None
    ends = Ends(Rule.STAGE, weeks=weeks)
    if age >= 3:
        assert last_day(document(ends), child(born_on=born_on), day) == ends_slowly(
            year, day, weeks
        )


def _birthday(born_on: date) -> tuple[int, int]:
    """29 February has its birthday on 1 March, which is the same school year."""
    return (3, 1) if (born_on.month, born_on.day) == (2, 29) else (born_on.month, born_on.day)


def _first(day: date) -> date:
    """31 August before the school year of a day: the age on it is what the year group goes by."""
    return date(school_year(day) - 1, 8, 31)


@time_machine.travel(date(2026, 11, 21), tick=False)
def test_the_year_on_record_goes_before_the_date_of_birth():
    out_of_year = child("2", date(2014, 5, 4))  # by age in year 8
    assert last_day(document(STAGE), out_of_year, date(2026, 11, 21)) == date(2027, 8, 31)


@time_machine.travel(date(2026, 11, 21), tick=False)
@pytest.mark.parametrize("year", ["Oak", "1/2", "15", ""])
def test_without_a_year_or_a_birthday_it_ends_with_the_school_year(year):
    assert last_day(document(STAGE), child(year), date(2026, 11, 21)) == date(2027, 8, 31)


@time_machine.travel(date(2026, 9, 20), tick=False)
def test_an_old_form_is_of_the_year_the_pupil_was_in_then():
    now_in_three = child("3")
    assert last_day(document(STAGE), now_in_three, date(2026, 6, 20)) == date(2026, 8, 31)
    assert last_day(document(STAGE), now_in_three, date(2026, 9, 20)) == date(2030, 8, 31)


@time_machine.travel(date(2027, 8, 1), tick=False)
def test_in_the_last_weeks_of_a_stage_a_yes_is_for_the_next_one():
    assert last_day(document(STAGE), child("2"), date(2027, 7, 20)) == date(2027, 8, 31)
    assert last_day(document(STAGE), child("2"), date(2027, 7, 21)) == date(2031, 8, 31)


# ── it belongs to the version ────────────────────────────────────────────────────────────────────
def test_a_content_without_a_rule_means_until_leaving_and_keeps_its_fingerprint(trust):
    content = agreements.starting_document("Two Trees Trust").content()
    assert "ends" not in content
    assert Document.read(content).ends == Ends()
    assert fingerprint(Document.read(content).content()) == fingerprint(content)


@pytest.mark.parametrize(
    "ends", [YEAR, STAGE, Ends(Rule.DAY, day="2030-01-01"), Ends(weeks=3)], ids=str
)
def test_a_rule_is_read_as_it_was_written(ends):
    assert Document.read(document(ends).content()).ends == ends


def test_another_rule_is_another_version(trust):
    first = in_force(trust, Ends())
    second = published(trust, replace(Document.read(first.content), ends=YEAR))
    assert (second.number, agreements.is_unchanged(first)) == (2, True)


def test_a_last_day_that_comes_too_soon_is_not_published(trust):
    today = timezone.localdate().isoformat()
    with pytest.raises(NotAllowed, match="Pick a later last day"):
        in_force(trust, Ends(Rule.DAY, day=today))


def test_words_that_say_until_leaving_hold_back_another_rule(trust):
    agreements.start(by=trust.cara)
    whole = agreements.starting_document("Two Trees Trust")
    english = whole.wordings[0]
    old = replace(english, parts={**english.parts, "ends": agreements.BEFORE_RULES})
    wrong = agreements.may_publish(replace(whole, wordings=(old,), ends=YEAR))
    assert wrong == [
        "English: “How long an answer counts” still says that a yes counts until leaving."
    ]
    assert agreements.may_publish(replace(whole, wordings=(old,))) == []


# ── every way of writing it down ─────────────────────────────────────────────────────────────────
def ends_of(about: Child) -> list[date | None]:
    return list(about.decisions.order_by("pk").values_list("until", flat=True))


def a_year_from_now() -> date:
    return last_day(document(YEAR), child("4"), timezone.localdate()) or date.min


def said(trust, answer: str = "yes") -> list[Said]:
    return [Said(trust.platform("facebook"), "photo", answer)]


def write(trust, about: Child, answer: str = "yes", **more) -> ConsentDecision:
    [made] = record_many(
        said=said(trust, answer),
        child=about,
        giver=trust.mother(about),
        way=Way.PAPER,
        by=trust.connie,
        **more,
    )
    return made


def test_a_yes_that_notes_a_version_ends_by_its_rule(trust):
    agreement = in_force(trust, YEAR)
    assert write(trust, trust.rose, agreement=agreement).until == a_year_from_now()


@pytest.mark.parametrize("answer", [Answer.NO, Answer.WITHDRAWN, Answer.UNCLEAR])
def test_nothing_but_a_yes_ends(trust, answer):
    agreement = in_force(trust, YEAR)
    soon = timezone.localdate() + timedelta(days=3)
    assert write(trust, trust.rose, answer, agreement=agreement, until=soon).until is None


def test_it_may_be_shortened(trust):
    agreement, soon = in_force(trust, YEAR), timezone.localdate() + timedelta(days=3)
    assert write(trust, trust.rose, agreement=agreement, until=soon).until == soon


def test_it_is_never_lengthened(trust):
    agreement, late = in_force(trust, YEAR), timezone.localdate() + timedelta(days=900)
    assert write(trust, trust.rose, agreement=agreement, until=late).until == a_year_from_now()


def test_before_there_is_any_version_a_yes_keeps_the_day_it_came_with(trust):
    late = timezone.localdate() + timedelta(days=900)
    assert write(trust, trust.rose, until=late).until == late
    assert write(trust, trust.zofia).until is None


def test_a_yes_that_notes_no_version_lasts_as_long_as_the_first_one_says(trust):
    first = in_force(trust, YEAR)
    published(trust, replace(Document.read(first.content), ends=Ends(Rule.YEARS, years=5)))
    assert write(trust, trust.rose).until == a_year_from_now()


def test_a_yes_to_what_its_version_did_not_ask_is_for_no_more_than_its_purposes(trust):
    whole = agreements.starting_document("Two Trees Trust")
    asks = tuple(ask for ask in whole.asks if ask[0] != "facebook")
    agreement = published(trust, replace(whole, asks=asks, ends=YEAR))
    made = write(trust, trust.rose, agreement=agreement)
    assert (made.agreement, made.until) == (agreement, a_year_from_now())


def test_after_its_last_day_the_rule_stops_the_yes(trust):
    agreement = in_force(trust, YEAR)
    made = write(trust, trust.rose, agreement=agreement)
    assert may(trust.rose, "facebook", on=made.until)
    assert not may(trust.rose, "facebook", on=made.until + timedelta(days=1))


def test_once_the_fixed_day_has_passed_nobody_can_say_yes_and_everybody_no(trust):
    day = timezone.localdate() + timedelta(days=5)
    agreement = in_force(trust, Ends(Rule.DAY, day=day.isoformat()))
    trust.rose  # noqa: B018 (made today)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        with pytest.raises(NotAllowed, match="Publish the next version first"):
            write(trust, trust.rose, agreement=agreement)
        assert write(trust, trust.rose, "no", agreement=agreement).until is None


def test_a_class_list_ends_for_each_pupil_by_the_rule(trust):
    agreement = in_force(trust, STAGE)
    young = trust.child("Ada", "Young", year="1")
    heard = [
        Heard(one, trust.platform("facebook"), "yes", trust.mother(one))
        for one in (young, trust.rose)
    ]
    record_class(school=trust.oak, kind="photo", heard=heard, by=trust.connie, agreement=agreement)
    rule, today = document(STAGE), timezone.localdate()
    assert ends_of(young) == [last_day(rule, young, today)]
    assert ends_of(trust.rose) == [last_day(rule, trust.rose, today)]
    assert ends_of(young) != ends_of(trust.rose)


# ── the office's pages ───────────────────────────────────────────────────────────────────────────
def form(trust, **more) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "giver": trust.mother(trust.rose).pk,
        "platforms": [trust.platform("facebook").pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": today,
        "until": "",
    } | more


def test_the_end_is_filled_in_on_the_childs_page(trust, signed_in):
    in_force(trust, YEAR)
    page = signed_in(trust.connie).get(reverse("consents:child", args=[trust.rose.pk]))
    assert page.context["form"]["until"].value() == a_year_from_now()


def test_what_the_office_writes_down_notes_the_version_in_force_and_its_end(trust, signed_in):
    agreement = in_force(trust, YEAR)
    address = reverse("consents:child", args=[trust.rose.pk])
    signed_in(trust.connie).post(address, form(trust))
    made = trust.rose.decisions.get()
    assert (made.agreement, made.until) == (agreement, a_year_from_now())


def test_a_later_day_than_the_rule_is_refused_in_words(trust, signed_in):
    in_force(trust, YEAR)
    late = a_year_from_now() + timedelta(days=1)
    address = reverse("consents:child", args=[trust.rose.pk])
    page = signed_in(trust.connie).post(address, form(trust, until=late))
    assert "Pick that day or an earlier one." in words(page)
    assert not trust.rose.decisions.exists()


def test_an_earlier_form_ends_earlier_although_today_was_filled_in(trust, signed_in):
    agreement = in_force(trust, YEAR)
    address = reverse("consents:child", args=[trust.rose.pk])
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        filled = a_year_from_now()
        given = timezone.localdate() - timedelta(days=20)
        page = signed_in(trust.connie).post(
            address, form(trust, given_on=given, until=filled), follow=True
        )
    assert page.status_code == 200
    made = trust.rose.decisions.get()
    assert made.until == last_day(Document.read(agreement.content), trust.rose, given)


def test_an_old_form_can_be_put_down_to_the_version_it_carries(trust, signed_in):
    first = in_force(trust, YEAR)
    published(trust, replace(Document.read(first.content), ends=Ends()))
    address = reverse("consents:child", args=[trust.rose.pk])
    signed_in(trust.connie).post(address, form(trust, agreement=first.pk))
    assert trust.rose.decisions.get().agreement == first


def test_words_that_were_not_there_yet_on_that_day_are_refused(trust, signed_in):
    in_force(trust, YEAR)
    later = published(
        trust,
        replace(agreements.starting_document("Two Trees Trust"), ends=Ends(), title="The next"),
    )
    address = reverse("consents:child", args=[trust.rose.pk])
    before = timezone.localdate() - timedelta(days=1)
    page = signed_in(trust.connie).post(address, form(trust, agreement=later.pk, given_on=before))
    assert "That version was not there yet. Pick the one of that day." in words(page)
    assert not trust.rose.decisions.exists()


def test_words_of_a_day_to_come_are_not_offered(trust, signed_in):
    in_force(trust, YEAR)
    coming = Agreement.objects.create(
        number=9,
        title="Next year’s",
        text="",
        content=agreements.starting_document("Two Trees Trust").content(),
        sha256="0" * 64,
        starts_on=timezone.localdate() + timedelta(days=9),
    )
    page = signed_in(trust.connie).get(reverse("consents:child", args=[trust.rose.pk]))
    assert coming not in page.context["form"].fields["agreement"].queryset


def test_a_class_list_on_its_page_notes_the_version_in_force(trust, signed_in):
    agreement = in_force(trust, YEAR)
    rose, facebook = trust.rose, trust.platform("facebook")
    query = {"school": "oak", "class": "4B", "kind": "photo", "platform": facebook.pk}
    address = f"{reverse('consents:class')}?" + "&".join(f"{k}={v}" for k, v in query.items())
    signed_in(trust.connie).post(address, {f"a_{rose.pk}_{facebook.pk}": "yes", "way": "paper"})
    made = rose.decisions.get()
    assert (made.agreement, made.until) == (agreement, a_year_from_now())


def test_the_childs_page_says_that_leaving_ended_everything(trust, signed_in):
    amira = trust.amira
    amira.left_on = timezone.localdate() - timedelta(days=2)
    amira.save()
    page = words(signed_in(trust.connie).get(reverse("consents:child", args=[amira.pk])))
    assert "every permission ended with it" in page
    assert not may(amira)
