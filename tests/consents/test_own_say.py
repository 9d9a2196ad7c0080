"""The pupil’s own say: capacity is recorded, an age only asks; where both are needed, both are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from consents import capacity
from consents.actions import withdraw
from consents.deciding import record_capacity, set_own_say_age
from consents.errors import NotAllowed
from consents.models import Answer, CapacityRecord, Child
from consents.states import Standing, standings
from publishing.models import Snapshot
from publishing.reviewing import review_live
from schools.actions import grant_role
from schools.models import Trust
from schools.roles import Role
from tests.approvals.pages import queries, words
from tests.cast import Trusty
from tests.consents.agreements.writing import published
from tests.consents.asking import may

pytestmark = pytest.mark.django_db
PAGE = "/children/capacity/"


@pytest.fixture
def zara(trust: Trusty) -> Child:
    """14, with her mother's yes for the news page."""
    return trust.child("Zara", "Hunt", born_on=years_ago(14), yes=[trust.platform("news")])


def years_ago(years: int, days: int = 0) -> date:
    today = timezone.localdate()
    return date(today.year - years, today.month, min(today.day, 28)) + timedelta(days=days)


def from_13(trust: Trusty) -> None:
    set_own_say_age(age=13, by=trust.cara)


def recorded(trust: Trusty, child: Child, decides: str, **more: object) -> None:
    fields = {"best_interests": False, "basis": "Ms Hale asked her."} | more
    record_capacity(child=child, decides=decides, by=trust.connie, **fields)  # type: ignore[arg-type]


def standing(trust: Trusty, child: Child) -> Standing:
    news = trust.platform("news").pk
    cells = standings([Child.objects.get(pk=child.pk)], [news], ["photo"], show_holds=False)
    return cells[child.pk, news, "photo"].standing


def test_without_an_age_a_parents_yes_is_enough(zara: Child) -> None:
    assert may(zara)


def test_from_the_trusts_age_a_parents_yes_alone_is_not_enough(trust: Trusty, zara: Child) -> None:
    from_13(trust)
    assert not may(zara)
    assert standing(trust, zara) is Standing.WAITS


def test_nor_is_the_pupils_yes_alone(trust: Trusty, zara: Child) -> None:
    from_13(trust)
    withdrawn = trust.child("Noor", "Hunt", born_on=years_ago(14))
    trust.says_own(withdrawn, "yes", [trust.platform("news")])
    assert not may(withdrawn)
    assert standing(trust, withdrawn) is Standing.WAITS_FOR_PARENT


def test_both_together_are(trust: Trusty, zara: Child) -> None:
    from_13(trust)
    trust.says_own(zara, "yes", [trust.platform("news")])
    assert may(zara)
    assert standing(trust, zara) is Standing.YES


@pytest.mark.parametrize(("days", "allowed"), [(1, True), (0, False)])
def test_it_begins_on_the_birthday(trust: Trusty, days: int, allowed: bool) -> None:
    from_13(trust)
    child = trust.child("Ada", "Quill", born_on=years_ago(13, days), yes=[trust.platform("news")])
    today = years_ago(0)
    assert may(child, on=today) is allowed


def test_what_is_recorded_goes_before_the_age(trust: Trusty, zara: Child) -> None:
    from_13(trust)
    recorded(trust, zara, "parents")
    assert may(zara)


def test_younger_than_the_age_both_can_be_needed_too(trust: Trusty) -> None:
    recorded(trust, trust.amira, "both")
    assert not may(trust.amira)
    trust.says_own(trust.amira, "yes", [trust.platform("news")])
    assert may(trust.amira)


@pytest.mark.parametrize("who", ["pupil", "parent"])
def test_where_both_are_needed_either_withdraws(trust: Trusty, zara: Child, who: str) -> None:
    recorded(trust, zara, "both")
    trust.says_own(zara, "yes", [trust.platform("news")])
    if who == "pupil":
        trust.says_own(zara, Answer.WITHDRAWN, [trust.platform("news")])
    else:
        withdraw(child=zara, giver=trust.mother(zara), by=trust.connie)
    assert not may(zara)


def test_what_is_sent_keeps_both_yeses_as_its_ground(trust: Trusty, zara: Child) -> None:
    recorded(trust, zara, "both")
    trust.says_own(zara, "yes", [trust.platform("news")])
    trust.published(children=[zara])
    relied_on = {row["decision"] for row in Snapshot.objects.get().permissions}
    assert relied_on == set(zara.decisions.values_list("pk", flat=True))


def test_a_record_that_ends_a_yes_takes_down_what_is_live(trust: Trusty, zara: Child) -> None:
    post = trust.published(children=[zara])
    recorded(trust, zara, "both")
    review_live()
    assert trust.delivery(post).state == "taken_down"


def test_the_age_takes_nothing_down_that_was_shown_rightly(trust: Trusty, zara: Child) -> None:
    post = trust.published(children=[zara])
    review_live(at=timezone.now() + timedelta(minutes=30))  # long since looked at
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        from_13(trust)
        trust.says(zara, "yes", [trust.platform("facebook")], agreement=published(trust))
        review_live()
    assert trust.delivery(post).state == "sent"


# ── the record ───────────────────────────────────────────────────────────────────────────────────
def test_every_record_stays_with_its_ground_and_its_event(trust: Trusty, zara: Child) -> None:
    recorded(trust, zara, "both", basis="Asked with symbols.")
    recorded(trust, zara, "pupil", basis="A year later.")
    found = CapacityRecord.objects.filter(child=zara)
    assert [r.basis for r in found] == ["A year later.", "Asked with symbols."]
    events = Event.objects.about(zara).filter(verb="child.capacity_recorded")
    assert [e.facts["decides"] for e in events.order_by("pk")] == ["both", "pupil"]
    assert "symbols" not in str([e.facts for e in events])


def test_without_a_ground_nothing_is_recorded(trust: Trusty, zara: Child, signed_in) -> None:
    page = signed_in(trust.connie).post(
        f"/children/{zara.pk}/family/", {"own-who": "pupil", "own-basis": " "}
    )
    assert "Write in a few words who judged this, and how." in words(page)
    assert not CapacityRecord.objects.exists()


def test_who_decides_and_lacks_capacity_is_no_record(trust: Trusty, zara: Child) -> None:
    with pytest.raises(NotAllowed, match="Choose one"):
        recorded(trust, zara, "pupil", best_interests=True)


def test_the_page_shows_what_was_recorded_before(trust: Trusty, zara: Child, signed_in) -> None:
    recorded(trust, zara, "both", basis="Asked with symbols.")
    page = words(signed_in(trust.connie).get(f"/children/{zara.pk}/family/"))
    assert "Asked with symbols. Connie" in page


def test_a_day_to_look_again_is_a_day_to_come(trust: Trusty, zara: Child, signed_in) -> None:
    sent = {"own-who": "both", "own-basis": "Asked.", "own-review_on": "2020-01-01"}
    page = signed_in(trust.connie).post(f"/children/{zara.pk}/family/", sent)
    assert "Pick a day to come." in words(page)


# ── the lists ────────────────────────────────────────────────────────────────────────────────────
def test_whom_nobody_recorded_is_listed_from_the_age(trust: Trusty, zara: Child, signed_in) -> None:
    office = signed_in(trust.connie)
    assert "Zara Hunt" not in words(office.get(PAGE))
    from_13(trust)
    assert "Zara Hunt" in words(office.get(PAGE))
    recorded(trust, zara, "parents")
    assert "Zara Hunt" not in words(office.get(PAGE))


def test_who_will_be_18_soon_is_listed_until_somebody_acts(trust: Trusty, signed_in) -> None:
    office = signed_in(trust.connie)
    soon = trust.child("Idris", "Webb", born_on=years_ago(18, 30))
    assert "Idris Webb" in words(office.get(PAGE))
    trust.says_own(soon, "no", [trust.platform("news")])
    assert "Idris Webb" not in words(office.get(PAGE))


def test_from_18_nobody_is_listed_as_needing_both(trust: Trusty) -> None:
    from_13(trust)
    trust.child("Idris", "Webb", born_on=years_ago(18))
    assert not capacity.unrecorded(trust.connie).exists()
    assert capacity.coming_of_age(trust.connie).count() == 1


@pytest.mark.parametrize("tick", [{"decides": "pupil"}, {"best_interests": True}])
def test_who_was_ticked_before_grounds_were_asked_for_is_listed_until_one_is_written_down(
    trust: Trusty, signed_in, tick: dict[str, object]
) -> None:
    maya = trust.child("Maya", "Sharp", born_on=years_ago(14), **tick)
    page = words(signed_in(trust.connie).get(PAGE))
    assert "Look at it once and write down who judged it, and how. Maya Sharp" in page
    recorded(trust, maya, "pupil")
    assert not capacity.without_ground(trust.connie).exists()


def test_whose_parents_decide_and_nothing_was_ticked_needs_no_ground(trust: Trusty) -> None:
    assert trust.amira
    assert not capacity.without_ground(trust.connie).exists()


def test_an_unclear_word_of_their_own_keeps_them_on_the_list_for_18(trust: Trusty) -> None:
    soon = trust.child("Idris", "Webb", born_on=years_ago(18, 30))
    trust.says_own(soon, "unclear", [trust.platform("news")])
    assert list(capacity.coming_of_age(trust.connie)) == [soon]


def test_who_writes_for_one_school_only_is_led_to_no_form_of_another(
    trust: Trusty, signed_in
) -> None:
    """Edith reads both schools; at Oak she keeps permissions as well."""
    from_13(trust)
    trust.child("Zara", "Hunt", born_on=years_ago(14))
    leo = trust.child("Leo", "Frost", school=trust.elm, born_on=years_ago(14))
    grant_role(user=trust.edith, role=Role.CONSENT_ADMIN, school=trust.oak, by=None)
    page = signed_in(trust.edith).get(PAGE).content.decode()
    assert "Leo Frost" in page
    assert 'Write it down<span class="visually-hidden"> for Zara Hunt' in page
    assert f"/children/{leo.pk}/family/" not in page


def test_a_review_that_is_due_is_listed(trust: Trusty, zara: Child, signed_in) -> None:
    recorded(trust, zara, "both", review_on=timezone.localdate())
    page = words(signed_in(trust.connie).get(PAGE))
    assert "Somebody set a day for it, and it has come. Zara Hunt" in page


def test_another_school_is_not_on_it(trust: Trusty, zara: Child, signed_in) -> None:
    from_13(trust)
    assert "Zara Hunt" not in words(signed_in(trust.elm_office).get(PAGE))
    assert signed_in(trust.tessa).get(PAGE).status_code == 404


def test_the_lists_ask_the_same_number_of_questions_for_one_and_many(
    trust: Trusty, zara: Child, signed_in
) -> None:
    from_13(trust)
    office = signed_in(trust.connie)
    number = queries(office, PAGE)
    for n in range(6):
        trust.child(f"Any{n}", "One", born_on=years_ago(15))
    assert queries(office, PAGE) == number


# ── the age ──────────────────────────────────────────────────────────────────────────────────────
def test_whoever_runs_the_trust_sets_the_age_on_the_page(trust: Trusty, signed_in) -> None:
    page = signed_in(trust.cara).post(PAGE, {"age": "12"}, follow=True)
    assert Trust.load().own_say_from == 12
    assert "From 12 years" in words(page)
    signed_in(trust.cara).post(PAGE, {"age": ""})
    assert Trust.load().own_say_from is None


def test_an_office_cannot_set_it(trust: Trusty, signed_in) -> None:
    signed_in(trust.connie).post(PAGE, {"age": "12"})
    assert Trust.load().own_say_from is None
    with pytest.raises(NotAllowed):
        set_own_say_age(age=12, by=trust.connie)


def test_an_age_that_cannot_be_chosen_is_refused(trust: Trusty, signed_in) -> None:
    signed_in(trust.cara).post(PAGE, {"age": "3"})
    assert Trust.load().own_say_from is None
