"""The office withdraws: exactly what was named, in the name of whoever said it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from consents import withdrawing
from consents.actions import withdraw
from consents.asking import ask_parents
from consents.coverage import By, Scope, coverage
from consents.errors import NotAllowed
from consents.models import Ask, ConsentDecision, Kind, SchoolStop
from consents.states import Standing, standings
from publishing.reviewing import review_live
from tests.approvals.pages import words
from tests.consents.asking import may

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(trust, signed_in):
    """`press(what="all", who="pupil")`: Connie presses it on Amira’s page; unless she says
    otherwise, the mother spoke, on the phone."""
    trust.says(trust.amira, "yes", [trust.platform("facebook")], kind=Kind.VIDEO)
    client, mother = signed_in(trust.connie), trust.mother(trust.amira).pk

    def pressed(**form):
        sent = {"way": "phone", "who": mother} | form
        return client.post(f"/children/{trust.amira.pk}/withdraw/", sent, follow=True)

    return pressed


@pytest.fixture
def facebook(trust):
    return trust.platform("facebook")


def withdrawn() -> list[tuple[str, str]]:
    rows = ConsentDecision.objects.filter(answer="withdrawn").order_by("platform", "kind")
    return list(rows.values_list("platform__key", "kind"))


@pytest.mark.parametrize("what", ["", "abc", "abc:zzz", "999999", ":photo", "²:photo", "1:zzz"])
def test_what_is_none_withdraws_nothing_and_says_so(press, what):
    page = words(press(what=what))
    assert "Nothing is written down yet." in page
    assert withdrawn() == []
    assert not SchoolStop.objects.exists()


@pytest.mark.parametrize("who", ["", "999999", "father"])
def test_without_whoever_says_so_nothing_is_written_down_and_the_choice_is_kept(press, who):
    answer = press(what="all", who=who)
    assert "Nothing is written down yet." in words(answer)
    assert '<option value="all" selected>' in answer.content.decode()
    assert withdrawn() == []


def test_the_way_must_be_said_for_it_is_never_taken_for_a_call(press):
    assert "Choose how they said it." in words(press(what="all", way=""))
    assert withdrawn() == []


@pytest.mark.parametrize("way", ["phone", "in_person", "paper"])
def test_the_way_it_was_said_is_written_down(press, facebook, way):
    press(what=f"{facebook.pk}:photo", way=way)
    assert set(written().values_list("way", flat=True)) == {way}


def written():
    return ConsentDecision.objects.filter(answer__in=["withdrawn", "no"])


def test_it_is_the_word_of_the_guardian_whose_name_was_pressed(trust, press, facebook):
    father = trust.parent(trust.amira, "Father")
    press(what=f"{facebook.pk}:photo", who=father.pk)
    [said] = written()
    # He had never said yes, so his word is a no and not a withdrawal; hers stands as she gave it.
    assert (said.giver, said.given_by_child, said.answer) == (father, False, "no")
    assert not may(trust.amira, "facebook")


def test_the_pupil_has_a_press_of_their_own(trust, press, facebook):
    press(what=f"{facebook.pk}:photo", who="pupil")
    [said] = written()
    assert (said.giver, said.given_by_child) == (None, True)
    assert not may(trust.amira, "facebook")


def test_the_message_says_who_said_it_and_how(press, facebook):
    page = words(press(what=f"{facebook.pk}:photo", way="in_person"))
    assert "1 permission withdrawn, at once, as Mother Khan said (in person)." in page


def test_one_kind_on_one_platform_is_just_that(press, facebook):
    press(what=f"{facebook.pk}:photo")
    assert withdrawn() == [("facebook", "photo")]


def test_a_platform_is_every_kind_on_it(press, facebook):
    press(what=str(facebook.pk))
    assert withdrawn() == [("facebook", "photo"), ("facebook", "video")]


def test_everything_is_all_that_stands(press):
    said = ConsentDecision.objects.filter(answer="yes").count()
    page = words(press(what="all"))
    assert len(withdrawn()) == said > 2
    assert f"{said} permissions withdrawn, at once" in page


def test_everything_is_also_a_yes_that_anothers_no_stands_against(trust, press, facebook):
    trust.says(trust.amira, "no", [facebook], giver=trust.parent(trust.amira, "Father"))
    press(what="all")
    assert ("facebook", "photo") in withdrawn()


def test_what_they_refused_before_is_not_said_twice(trust, press, facebook):
    father = trust.parent(trust.amira, "Father")
    trust.says(trust.amira, "no", [facebook], kind=Kind.WORK, giver=father)
    trust.says(trust.amira, "unclear", [facebook], giver=father)
    press(what=str(facebook.pk), who=father.pk)
    assert written().filter(giver=father, kind=Kind.WORK).count() == 1


def test_the_page_does_not_claim_that_anything_was_live(press):
    answer = press(what="all")
    assert "what is live is taken down" not in str(next(iter(answer.context["messages"])))


# ── the school's own stop ───────────────────────────────────────────────────────────────────────


def test_the_schools_own_stop_puts_nothing_in_anybodys_mouth(trust, press, facebook):
    before = ConsentDecision.objects.count()
    press(what=f"{facebook.pk}:photo", who="school", way="")
    assert ConsentDecision.objects.count() == before
    assert not may(trust.amira, "facebook")
    assert may(trust.amira, "news")


def test_it_stands_whatever_a_parent_says_meanwhile(trust, press, facebook):
    press(what=f"{facebook.pk}:photo", who="school")
    trust.says(trust.amira, "yes", [facebook])
    assert not may(trust.amira, "facebook")


def test_the_matrix_says_that_it_was_the_school(trust, press, facebook):
    press(what=f"{facebook.pk}:photo", who="school")
    cells = standings([trust.amira], [facebook.pk], [Kind.PHOTO], show_holds=False)
    assert [cell.standing for cell in cells.values()] == [Standing.STOPPED]


def test_coverage_counts_it_as_settled_and_not_as_a_conflict(trust, press, facebook):
    trust.says(trust.amira, "yes", [facebook], giver=trust.parent(trust.amira, "Father"))
    press(what=f"{facebook.pk}:photo", who="school")
    found = coverage(Scope([trust.oak.pk], [facebook.pk]), By.SCHOOL)
    assert found.of((trust.oak.pk,), facebook.pk) == {"no": 1, "not-asked": 0}


def test_lifting_it_brings_back_what_the_family_answers_now(trust, press, facebook, signed_in):
    press(what=str(facebook.pk), who="school")
    trust.says(trust.amira, "no", [facebook], kind=Kind.VIDEO)
    address = f"/children/{trust.amira.pk}/stops/lift/"
    page = signed_in(trust.connie).post(address, {"platform": facebook.pk}, follow=True)
    assert "2 stops are lifted on Facebook." in words(page)
    assert may(trust.amira, "facebook")
    assert not may(trust.amira, "facebook", Kind.VIDEO)


def test_another_platforms_stop_is_not_lifted_with_it(trust, press, facebook, signed_in):
    press(what="all", who="school")
    address = f"/children/{trust.amira.pk}/stops/lift/"
    signed_in(trust.connie).post(address, {"platform": facebook.pk})
    assert may(trust.amira, "facebook")
    assert not may(trust.amira, "news")


def test_it_takes_down_what_is_live_and_stops_what_waits(trust, press):
    live = trust.published(children=[trust.amira])
    waits = trust.approved(children=[trust.amira], goes_out_at=timezone.now() + timedelta(hours=1))
    press(what="all", who="school")
    review_live()
    assert trust.delivery(live).state == "taken_down"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        trust.send_all()
    assert trust.delivery(waits).state == "refused"


def test_it_is_history_without_names(trust, press, facebook):
    press(what=f"{facebook.pk}:photo", who="school")
    event = Event.objects.get(verb="stop.set")
    assert (event.subject_id, event.actor_id) == (trust.amira.pk, trust.connie.pk)
    assert event.facts == {"platforms": [facebook.pk], "kinds": ["photo"]}


@pytest.mark.parametrize("who", ["tessa", "hana", "owen"])
def test_others_neither_withdraw_nor_stop_nor_lift(trust, press, signed_in, who):
    client = signed_in(getattr(trust, who))
    form = {"what": "all", "who": "school"}
    assert client.post(f"/children/{trust.amira.pk}/withdraw/", form).status_code == 404
    with pytest.raises(NotAllowed):
        withdrawing.stop(
            child=trust.amira,
            squares=[(trust.platform("news"), Kind.PHOTO)],
            by=getattr(trust, who),
        )
    with pytest.raises(NotAllowed):
        withdrawing.lift(child=trust.amira, by=getattr(trust, who))


def test_the_verb_writes_down_nobodys_word(trust):
    with pytest.raises(NotAllowed, match="Choose who says so"):
        withdraw(child=trust.amira, by=trust.connie)


@pytest.mark.parametrize("platform", ["", "abc", "999999"])
def test_an_adults_platform_that_is_none_withdraws_nothing(trust, signed_in, platform):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    address = f"/children/adults/{trust.author_visit.pk}/withdraw/"
    answer = signed_in(trust.connie).post(address, {"platform": platform})
    assert answer.status_code == 404
    assert withdrawn() == []


# ── a word that ends no permission ───────────────────────────────────────────────────────────────
def test_who_does_not_decide_is_not_told_that_a_permission_ended(trust, press, facebook):
    gran = trust.parent(trust.amira, "Grandmother", responsible=False)
    page = words(press(what=f"{facebook.pk}:photo", who=gran.pk))
    assert "It ends no permission for photo on Facebook" in page
    assert "withdrawn, at once" not in page
    assert may(trust.amira, "facebook")


# ── the school stops everything ──────────────────────────────────────────────────────────────────
def test_what_the_school_stops_everywhere_stays_stopped_whoever_says_yes_later(
    trust, press, facebook
):
    father = trust.parent(trust.amira, "Father")
    trust.says(trust.amira, "no", [facebook], giver=father)
    press(what="all", who="school")
    trust.says(trust.amira, "yes", [facebook], giver=father)
    assert not may(trust.amira, "facebook")
    withdrawing.lift(child=trust.amira, by=trust.connie)
    assert may(trust.amira, "facebook")


def test_what_was_waited_for_is_off_the_list_once_the_stop_is_lifted(trust, press, facebook):
    press(what=str(facebook.pk), who="school")
    ask_parents(children=[trust.amira], platform=facebook, kind=Kind.PHOTO, by=trust.tessa)
    assert Ask.objects.open().filter(child=trust.amira).exists()
    withdrawing.lift(child=trust.amira, by=trust.connie)
    assert not Ask.objects.open().filter(child=trust.amira).exists()


def test_the_office_reads_that_what_it_is_asked_for_is_stopped(trust, press, facebook, signed_in):
    press(what=str(facebook.pk), who="school")
    ask_parents(children=[trust.amira], platform=facebook, kind=Kind.PHOTO, by=trust.tessa)
    assert "Stopped by the school" in words(signed_in(trust.connie).get("/children/asks/"))


# ── a yes that another's no stands against ───────────────────────────────────────────────────────
def test_the_yes_of_one_can_be_withdrawn_when_the_other_has_withdrawn_everything(
    trust, press, facebook, signed_in
):
    father = trust.parent(trust.amira, "Father")
    trust.says(trust.amira, "yes", [facebook], giver=father)
    press(what="all")
    assert "Father Khan withdraws" in words(card(trust, signed_in))
    press(what="all", who=father.pk)
    assert written().filter(giver=father, answer="withdrawn", platform=facebook).exists()


def card(trust, signed_in):
    return signed_in(trust.connie).get(f"/children/{trust.amira.pk}/")


def test_one_thing_that_anothers_no_stands_against_can_be_chosen_by_itself(trust, press, facebook):
    father = trust.parent(trust.amira, "Father")
    trust.says(trust.amira, "no", [facebook], giver=father)
    press(what=f"{facebook.pk}:photo")
    assert withdrawn() == [("facebook", "photo")]


def test_a_yes_that_has_ended_is_not_offered(trust, signed_in):
    page = signed_in(trust.connie).get(f"/children/{trust.ella.pk}/")
    assert "No yes stands here that could be withdrawn." in words(page)


def test_the_school_can_stop_everything_where_no_yes_stands(trust, press, facebook, signed_in):
    press(what="all")
    page = words(card(trust, signed_in))
    assert "No yes stands here that could be withdrawn." in page
    assert "The school stops it" in page
    press(what="all", who="school", way="")
    trust.says(trust.amira, "yes", [facebook])
    assert not may(trust.amira, "facebook")


def test_where_the_school_has_stopped_everything_it_has_nothing_left_to_stop(
    trust, press, signed_in
):
    press(what="all")
    press(what="all", who="school", way="")
    assert "The school stops it" not in words(card(trust, signed_in))
