"""Asking many parents: whom, who gets what, once, with reminders that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config.environment import mail as mail_settings
from consents import campaigns, choosing, letters, links, mailing
from consents.actions import Said, record_many
from consents.choosing import ANSWERED, Choice, stand
from consents.choosing import look as looked
from consents.errors import NotAllowed
from consents.models import (
    BadAddress,
    Campaign,
    ConsentDecision,
    Guardianship,
    Invitation,
    Parent,
    ParentLink,
    ParentMail,
)
from consents.wording import Document
from policy.models import Platform
from schools.models import Trust
from tests.approvals.pages import words
from tests.consents.agreements.writing import published
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db
ALL, NOT_ASKED, NO_ANSWER = Campaign.Whom.ALL, Campaign.Whom.NOT_ASKED, Campaign.Whom.NO_ANSWER


def choice(home, whom: str = NOT_ASKED, **more: str) -> Choice:
    return Choice(home.trust.oak, whom, **more)


def look(home, whom: str = NOT_ASKED, **more: str):
    return looked(choice(home, whom, **more), home.agreement)


def send(home, whom: str = NOT_ASKED, days: tuple[int, ...] = (), **more: str) -> Campaign:
    return campaigns.send(
        choice=choice(home, whom, **more), key=uuid4(), remind_after=days, by=home.trust.connie
    )


def names(families) -> list[tuple[str, list[str]]]:
    return [(p.first_name, sorted(c.first_name for c in children)) for p, children in families]


def answers_everything(home, parent, children=()) -> None:
    every = {
        home.line(child, platform.key, kind): "no"
        for child in children or (home.ife, home.tobi)
        for platform in Platform.objects.all()
        for kind in ("photo", "video", "first_name", "full_name", "work")
    }
    home.sends(home.address(parent), **every)


# ── whom ─────────────────────────────────────────────────────────────────────────────────────────
def test_each_parent_stands_once_with_all_their_children(home):
    assert names(look(home).by_mail) == [("Ade", ["Ife", "Tobi"]), ("Folake", ["Ife", "Tobi"])]


def test_a_class_or_a_year_can_be_chosen(home):
    other = home.trust.child("Ola", "Adeyemi", form="6A", year="6")
    Guardianship.objects.filter(child=other).update(parent=home.folake)
    assert names(look(home, form="6A").by_mail) == [("Folake", ["Ola"])]
    assert names(look(home, year="4").by_mail)[1] == ("Folake", ["Ife", "Tobi"])


def test_whoever_is_not_entitled_is_not_asked(home):
    Guardianship.objects.filter(parent=home.father).update(court_order=True)
    assert [parent for parent, _ in look(home).by_mail] == [home.folake]


def test_a_parent_without_an_address_gets_a_letter(home):
    home.trust.rose  # noqa: B018 (her mother has no address)
    assert names(look(home).by_letter) == [("Mother", ["Rose"])]


def test_a_parent_whose_mail_comes_back_gets_a_letter(home):
    BadAddress.objects.create(email="ade@home.example")
    assert names(look(home).comes_back) == [("Ade", ["Ife", "Tobi"])]


def test_parents_who_share_an_address_are_marked(home, signed_in):
    Parent.objects.filter(pk=home.father.pk).update(email="Folake@home.example")
    connie, place = signed_in(home.trust.connie), {"school": "oak", "whom": NOT_ASKED}
    page = words(connie.get(reverse("consents:new_campaign"), place))
    said = "(the same address as Folake Adeyemi’s: each mail says whom it is for)"
    assert page.count(said) == 1
    assert page.count(said.replace("Folake", "Ade")) == 1


def test_parents_with_addresses_of_their_own_are_not_marked(home):
    assert look(home).shared == {}


def test_a_pupil_nobody_may_decide_for_is_shown(home):
    Guardianship.objects.filter(child=home.tobi).update(has_responsibility=False)
    assert look(home).nobody == [home.tobi]


def test_whoever_has_answered_everything_is_not_asked_again(home):
    answers_everything(home, home.folake)
    assert [parent for parent, _ in look(home).by_mail] == [home.father]


def test_whoever_was_asked_is_no_longer_not_asked(home):
    send(home)
    assert look(home).by_mail == []


def test_asked_and_silent_can_be_asked_again(home, office):
    send(home)
    mailing.send_due()
    answers_everything(home, home.folake)
    assert names(look(home, NO_ANSWER).by_mail) == [("Ade", ["Ife", "Tobi"])]


@pytest.mark.parametrize("answer", ["yes", "no", "unclear"])
def test_whoever_answered_one_question_of_many_still_has_open_ones(home, office, answer):
    send(home)
    mailing.send_due()
    home.trust.says(home.ife, answer, [home.trust.platform("x")], giver=home.folake)
    assert names(look(home, NO_ANSWER).by_mail)[1] == ("Folake", ["Ife", "Tobi"])
    assert look(home).by_mail == []


def test_one_child_answered_leaves_the_other_open(home, office):
    send(home)
    mailing.send_due()
    answers_everything(home, home.folake, children=[home.ife])
    assert names(look(home, NO_ANSWER).by_mail)[1] == ("Folake", ["Tobi"])


def test_a_mail_that_waits_has_asked_nobody_and_is_no_reason_for_a_second(home):
    send(home)
    assert look(home, NO_ANSWER).by_mail == []
    assert look(home).by_mail == []
    assert names(look(home).waiting) == [("Ade", ["Ife", "Tobi"]), ("Folake", ["Ife", "Tobi"])]


def test_a_mail_that_never_left_has_asked_nobody(home, office):
    office.refuses = "550 no such person"
    send(home)
    mailing.send_due()
    assert names(look(home).comes_back) == [("Ade", ["Ife", "Tobi"]), ("Folake", ["Ife", "Tobi"])]
    assert look(home, NO_ANSWER).letters() == []


def test_a_campaign_stopped_before_its_mail_left_has_asked_nobody(home):
    campaigns.stop(campaign=send(home), by=home.trust.connie)
    assert [parent for parent, _ in look(home).by_mail] == [home.father, home.folake]


def test_a_letter_asks_when_it_is_printed(home, signed_in):
    home.trust.rose  # noqa: B018 (her mother has no address)
    campaign = send(home)
    assert names(look(home).waiting)[-1] == ("Mother", ["Rose"])
    signed_in(home.trust.connie).post(reverse("consents:campaign_letters", args=[campaign.pk]))
    assert names(look(home, NO_ANSWER).by_letter) == [("Mother", ["Rose"])]


def test_a_link_mailed_to_one_parent_asks_them_too(home, office):
    links.send(parent=home.folake, child=home.ife, by=home.trust.connie)
    assert len(look(home).by_mail) == 2
    mailing.send_due()
    assert names(look(home, NO_ANSWER).by_mail) == [("Folake", ["Ife", "Tobi"])]


def test_a_single_letter_asks_as_well(home):
    letters.of_parent(parent=home.folake, child=home.ife, language="", by=home.trust.connie)
    assert names(look(home, NO_ANSWER).by_mail) == [("Folake", ["Ife", "Tobi"])]


def test_the_next_version_has_asked_nobody_yet(home, office):
    send(home)
    mailing.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        document = Document.read(home.agreement.content)
        home.agreement = published(home.trust, replace(document, title="Once more"))
        assert len(look(home).by_mail) == 2
        assert look(home, NO_ANSWER).by_mail == []


def test_each_parent_and_child_stand_on_exactly_one_list(home, office):
    """Silent, asked, partly, unclearly and wholly answered, waiting and refused, in one school."""
    trust = home.trust
    pupils = [trust.child(f"N{n}", "More") for n in range(8)]
    for n, child in enumerate(pupils):
        Parent.objects.filter(pk=trust.mother(child).pk).update(email=f"n{n}@home.example")
    for child in pupils[:5]:
        links.send(parent=trust.mother(child), child=child, by=trust.connie)
    mailing.send_due()
    for answer, child in (("yes", pupils[1]), ("unclear", pupils[2]), ("yes", pupils[5])):
        trust.says(child, answer, [trust.platform("x")])
    for child in (pupils[3], pupils[6]):
        answers_everything(home, trust.mother(child), children=[child])
    stands = stand(choice(home), home.agreement)
    entitled = Guardianship.objects.filter(has_responsibility=True).values_list("parent", "child")
    assert set(stands) == set(entitled)
    seen = {
        whom: {
            (parent.pk, child.pk)
            for families in (found.by_mail, found.letters(), found.waiting)
            for parent, children in families
            for child in children
        }
        for whom in (NOT_ASKED, NO_ANSWER)
        for found in [look(home, whom)]
    }
    answered = {pair for pair, where in stands.items() if where == ANSWERED}
    assert len(answered) == 2
    assert not (seen[NOT_ASKED] & seen[NO_ANSWER])
    assert not (answered & (seen[NOT_ASKED] | seen[NO_ANSWER]))
    assert seen[NOT_ASKED] | seen[NO_ANSWER] | answered == set(entitled)


def test_children_of_another_school_and_leavers_are_left_out(home):
    home.trust.leo  # noqa: B018 (at Elm)
    home.ife.left_on = date(2020, 1, 1)
    home.ife.save()
    assert names(look(home, ALL).by_mail)[0] == ("Ade", ["Tobi"])


def test_looking_asks_the_same_number_of_questions_for_many(home):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            look(home)
        return len(seen)

    before = asked()
    for number in range(5):
        home.trust.child(f"Child{number}", "More")
    assert asked() == before


# ── sending ──────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def office(settings, tmp_path):
    """A real mail server."""
    with opened() as made:
        for name, value in mail_settings(f"smtp://127.0.0.1:{made.port}", tmp_path).items():
            setattr(settings, name, value)
        yield made


def test_each_parent_gets_one_mail_with_a_link_of_their_own(home, office):
    campaign = send(home)
    mailing.send_due()
    assert sorted(m["To"] for m in office.mails) == ["ade@home.example", "folake@home.example"]
    assert ParentLink.objects.count() == 2
    assert campaigns.progress(campaign).sent == 2


def test_pressing_twice_asks_once(home):
    key = uuid4()
    made = [
        campaigns.send(choice=choice(home, ALL), key=key, remind_after=[], by=home.trust.connie)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert ParentMail.objects.count() == 2


def test_with_nobody_to_ask_it_says_so(home):
    send(home)
    with pytest.raises(NotAllowed, match="nobody to ask"):
        send(home)


def test_only_the_schools_own_office_sends(home):
    for who in (home.trust.hana, home.trust.elm_office, home.trust.tessa):
        with pytest.raises(NotAllowed):
            campaigns.send(choice=choice(home), key=uuid4(), remind_after=[], by=who)
    assert not ParentMail.objects.exists()


def test_a_refused_address_is_listed_on_its_page(home, office, signed_in):
    office.refuses = "550 no such person"
    campaign = send(home)
    mailing.send_due()
    page = signed_in(home.trust.connie).get(reverse("consents:campaign", args=[campaign.pk]))
    assert "The mail server refused these addresses" in words(page)
    assert "folake@home.example" in words(page)


def test_a_campaign_leaves_in_batches(home, office, monkeypatch):
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    campaign = send(home)
    mailing.send_due()
    assert (campaigns.progress(campaign).sent, campaigns.progress(campaign).waiting) == (1, 1)
    mailing.send_due()
    assert campaigns.progress(campaign).waiting == 0


def test_the_page_counts_who_answered(home, office):
    campaign = send(home)
    home.sends(home.address(), **{home.line(home.ife): "no"})
    assert campaigns.progress(campaign).answered == 1


def pills(home, signed_in, campaign: Campaign) -> dict[str, str]:
    """What stands beside each parent on the campaign's page."""
    page = signed_in(home.trust.connie).get(reverse("consents:campaign", args=[campaign.pk]))
    rows = page.content.decode().partition("Everybody asked")[2].split("<li>")[1:]
    said = ("Answered in part", "No answer yet", "Answered")
    names = ("Folake", "Ade", "Mother")
    return {n: next(s for s in said if s in row) for row in rows for n in names if f">{n} " in row}


def test_the_page_tells_an_answer_in_part_from_a_whole_one(home, office, signed_in):
    campaign = send(home)
    home.sends(home.address(), **{home.line(home.ife): "no"})
    answers_everything(home, home.father)
    assert pills(home, signed_in, campaign) == {"Folake": "Answered in part", "Ade": "Answered"}


def test_the_page_of_a_campaign_asks_the_same_number_of_questions_for_many(home, office, signed_in):
    connie, few = signed_in(home.trust.connie), send(home)
    for n in range(5):
        child = home.trust.child(f"Child{n}", "More")
        Parent.objects.filter(pk=home.trust.mother(child).pk).update(email=f"m{n}@home.example")
    many = send(home, ALL)

    def questions(campaign: Campaign) -> int:
        with CaptureQueriesContext(connection) as seen:
            connie.get(reverse("consents:campaign", args=[campaign.pk]))
        return len(seen)

    questions(few)  # the first page of a session reads more
    assert questions(few) == questions(many)


def test_stopped_it_sends_nothing_more(home, office):
    campaign = send(home, days=(7,))
    campaigns.stop(campaign=campaign, by=home.trust.connie)
    mailing.send_due()
    assert campaigns.remind_due(at=timezone.now() + timedelta(days=8)) == 0
    assert office.mails == []


# ── reminders ────────────────────────────────────────────────────────────────────────────────────
def after(days: int):
    return timezone.now() + timedelta(days=days, minutes=1)


def test_reminders_come_on_the_days_that_were_set(home, office):
    send(home, days=(7, 14))
    mailing.send_due()
    assert [campaigns.remind_due(at=after(day)) for day in (6, 7, 8, 14, 30)] == [0, 2, 0, 2, 0]


def test_a_reminder_brings_a_link_that_opens(home, office):
    send(home, days=(7,))
    mailing.send_due()
    campaigns.remind_due(at=after(7))
    mailing.send_due(at=after(7))
    subjects = [m["Subject"] for m in office.mails]
    assert subjects.count("A reminder: may we share pictures of school life?") == 2


def test_whoever_answered_is_not_reminded(home, office):
    send(home, days=(7,))
    mailing.send_due()
    home.sends(home.address(), **{home.line(home.ife): "no"})
    campaigns.remind_due(at=after(7))
    [reminder] = ParentMail.objects.filter(kind=ParentMail.Kind.REMINDER)
    assert reminder.parent == home.father


def test_what_a_file_says_in_somebodys_name_is_no_answer(home, office):
    send(home, days=(7,))
    mailing.send_due()
    record_many(
        said=[Said(home.trust.platform("x"), "photo", "no")],
        child=home.ife,
        giver=home.folake,
        way="import",
        by=home.trust.connie,
    )
    assert campaigns.remind_due(at=after(7)) == 2


def test_an_answer_on_paper_stops_them_too(home, office):
    send(home, days=(7,))
    mailing.send_due()
    for parent in (home.folake, home.father):
        home.trust.says(home.ife, "no", [home.trust.platform("x")], giver=parent)
    assert campaigns.remind_due(at=after(7)) == 0


def test_after_a_standstill_reminders_do_not_come_all_at_once(home, office):
    send(home, days=(7, 14, 21))
    mailing.send_due()
    assert campaigns.remind_due(at=after(60)) == 2
    assert campaigns.remind_due(at=after(60)) == 0


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_looking_sends_nothing(home, signed_in):
    page = signed_in(home.trust.connie).get(
        reverse("consents:new_campaign"), {"school": "oak", "whom": "all"}
    )
    assert "2 parents get a mail" in words(page)
    assert not Campaign.objects.exists()


def test_where_nobody_gets_a_mail_the_sentence_begins_as_one(home, signed_in):
    Parent.objects.update(email="")
    place = {"school": "oak", "whom": ALL}
    page = words(signed_in(home.trust.connie).get(reverse("consents:new_campaign"), place))
    assert "No parents get a mail with a link of their own" in page


def test_days_that_are_none_are_refused_in_words(home, signed_in):
    address = reverse("consents:new_campaign") + "?school=oak&whom=all"
    sent = {"key": str(uuid4()), "remind_after": "soon"}
    page = signed_in(home.trust.connie).post(address, sent)
    assert "Write days from 1 to 180" in words(page)


@pytest.mark.parametrize("who", ["owen", "elm_office", "tessa"])
def test_a_campaign_of_another_school_is_not_found(home, signed_in, who):
    campaign = send(home)
    browser = signed_in(getattr(home.trust, who))
    for name in ("campaign", "campaign_progress"):
        address = reverse(f"consents:{name}", args=[campaign.pk])
        assert browser.get(address).status_code == 404
    for name in ("stop_campaign", "campaign_letters"):
        address = reverse(f"consents:{name}", args=[campaign.pk])
        assert browser.post(address).status_code == 404


def test_letters_carry_a_picture_of_a_link_that_opens_and_a_paper_form(home, signed_in, client):
    home.trust.rose  # noqa: B018 (her mother has no address)
    campaign = send(home)
    address = reverse("consents:campaign_letters", args=[campaign.pk])
    page = signed_in(home.trust.connie).post(address)
    [letter] = page.context["letters"]
    assert letter.picture.startswith("data:image/svg+xml")
    assert "Rose Green" in words(page)
    assert client.get(letter.address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_letters_are_made_once_unless_asked_again(home, signed_in):
    home.trust.rose  # noqa: B018
    address = reverse("consents:campaign_letters", args=[send(home).pk])
    connie = signed_in(home.trust.connie)
    numbers = [
        len(connie.post(address, sent).context["letters"]) for sent in ({}, {}, {"again": 1})
    ]
    assert numbers == [1, 0, 1]


def test_heads_see_how_it_stands_and_send_nothing(home, signed_in):
    campaign = send(home)
    hana = signed_in(home.trust.hana)
    page = hana.get(reverse("consents:campaign", args=[campaign.pk]))
    assert "Stop this campaign" not in words(page)
    hana.post(reverse("consents:stop_campaign", args=[campaign.pk]))
    assert Campaign.objects.get().stopped_at is None


def test_everything_is_history_without_names(home, office):
    with time_machine.travel(timezone.now(), tick=False):
        campaign = send(home, days=(7,))
    mailing.send_due()
    campaigns.stop(campaign=campaign, by=home.trust.connie)
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"campaign.sent", "parent.mailed", "link.made", "campaign.stopped"} <= verbs
    assert not any("Adeyemi" in str(event.facts) for event in Event.objects.all())


def test_an_invitation_is_for_the_children_that_were_chosen(home):
    send(home, form="4B")
    [folake] = Invitation.objects.filter(parent=home.folake)
    assert set(folake.children.all()) == {home.ife, home.tobi}
    assert not ConsentDecision.objects.exists()


def test_what_was_said_is_read_of_the_chosen_class_alone(home, monkeypatch):
    other = home.trust.child("Ada", "Quill", form="5A", yes=[home.trust.platform("facebook")])
    read = []
    last_words = choosing.last_words
    monkeypatch.setattr(
        choosing, "last_words", lambda *who: read.append(last_words(*who)) or read[-1]
    )
    look(home, form="4B")
    look(home, form="5A")
    assert [other.pk in {child for _, child, _, _ in rows} for rows in read] == [False, True]


# ── the trust's schedule ─────────────────────────────────────────────────────────────────────────
def schedule(signed_in, who, **form: str):
    return signed_in(who).post(reverse("consents:campaigns"), form, follow=True)


def test_the_trust_sets_the_days_and_every_campaign_begins_with_them(home, signed_in):
    schedule(signed_in, home.trust.cara, remind_after="14, 3", mails_an_hour="600")
    office = signed_in(home.trust.connie)
    said = words(office.get(reverse("consents:campaigns")))
    assert "reminded 3, 14 days after being asked" in said
    assert "At most 600 mails leave in an hour" in said
    assert "Keep this for the trust" not in said
    page = office.get(reverse("consents:new_campaign"), {"school": "oak", "whom": "all"})
    assert page.context["sending"]["remind_after"].value() == "3, 14"


def test_days_that_are_none_are_refused_and_nothing_typed_is_lost(home, signed_in):
    page = schedule(signed_in, home.trust.cara, remind_after="soon", mails_an_hour="3")
    assert "Write days from 1 to 180" in words(page)
    assert 'value="soon"' in page.content.decode()
    assert Trust.load().remind_after == [7, 14, 28]


def test_a_school_does_not_set_the_trusts_days(home, signed_in):
    schedule(signed_in, home.trust.connie, remind_after="3")
    assert Trust.load().remind_after == [7, 14, 28]
    with pytest.raises(NotAllowed):
        campaigns.set_schedule(remind_after=[3], mails_an_hour=None, by=home.trust.connie)


def test_no_more_mails_leave_in_an_hour_than_the_trust_lets(home, office):
    campaigns.set_schedule(remind_after=[], mails_an_hour=1, by=home.trust.cara)
    send(home, ALL)
    assert ParentMail.objects.count() == 2
    now = timezone.now()
    assert [mailing.send_due(at=now), mailing.send_due(at=now)] == [1, 0]
    with time_machine.travel(now + timedelta(minutes=61)):
        assert mailing.send_due() == 1
