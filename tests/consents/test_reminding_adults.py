"""Grown-ups who were asked by mail and have not answered are reminded, on the trust's days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from audit.models import Event
from consents import adult_mailing, adults, asking_adults, campaigns
from consents.actions import Said, record_many
from consents.models import Adult, AdultMail
from tests.cast import Trusty
from tests.consents.test_asking_adults import LINK, press, publish

pytestmark = pytest.mark.django_db
TO_ANSWER = "may we show or name you?"


@pytest.fixture
def ada(trust) -> Adult:
    """A visiting author with an address, and words to ask her with."""
    publish(trust)
    campaigns.set_schedule(remind_after=[7, 14], mails_an_hour=None, by=trust.cara)
    adults.keep_address(adult=trust.author_visit, email="ada@pen.example", by=trust.connie)
    return trust.author_visit


@pytest.fixture
def asked(trust, ada) -> AdultMail:
    """She has been asked, and the mail has left."""
    mail = asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    return mail


def reminded(*days: int) -> list[int]:
    """How many are queued when beat looks on each of these days after today."""
    now = timezone.now()
    return [adult_mailing.remind_due(at=now + timedelta(days=day)) for day in days]


def test_reminders_come_on_the_days_that_the_trust_set(asked):
    assert reminded(6, 7, 8, 14, 30) == [0, 1, 0, 1, 0]


def test_a_reminder_says_so_and_brings_a_link_that_opens(trust, asked, mailoutbox):
    reminded(7)
    adult_mailing.send_due()
    first, second = mailoutbox
    assert (first.subject, second.subject) == (
        f"Oak: {TO_ANSWER}",
        f"Oak: a reminder: {TO_ANSWER}",
    )
    assert Client().get(LINK.search(second.body)[0]).status_code == 200


def test_whoever_answered_with_their_link_is_not_reminded(trust, asked, mailoutbox):
    press(trust, LINK.search(mailoutbox[0].body)[0], photo="no")
    assert reminded(7, 14) == [0, 0]


def test_nor_is_whose_answer_the_office_wrote_down(trust, ada, asked):
    said = [Said(trust.platform("news"), "photo", "yes")]
    record_many(said=said, adult=ada, way="paper", by=trust.connie)
    assert reminded(7) == [0]


def test_an_answer_from_before_does_not_stop_it(trust, ada):
    said = [Said(trust.platform("news"), "photo", "no")]
    record_many(said=said, adult=ada, way="paper", by=trust.connie)
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    assert reminded(7) == [1]


def test_a_reminder_that_waits_is_not_sent_once_they_have_answered(trust, asked, mailoutbox):
    reminded(7)
    press(trust, LINK.search(mailoutbox[0].body)[0], photo="yes")
    assert adult_mailing.send_due() == 0
    assert AdultMail.objects.first().problem == adult_mailing.ANSWERED


def test_whoever_has_left_is_not_reminded(trust, ada, asked):
    adults.leaves(adult=ada, on=timezone.localdate(), by=trust.connie)
    assert reminded(7) == [0]


def test_closing_their_links_ends_it(trust, ada, asked):
    asking_adults.revoke(adult=ada, by=trust.connie)
    assert reminded(7) == [0]


def test_nor_does_a_reminder_that_waits_leave_after_that(trust, ada, asked):
    reminded(7)
    asking_adults.revoke(adult=ada, by=trust.connie)
    assert adult_mailing.send_due() == 0
    assert not ada.links.working().exists()


def test_nor_a_first_mail_that_waits(trust, ada, mailoutbox):
    asking_adults.ask(adult=ada, by=trust.connie)
    asking_adults.revoke(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    assert mailoutbox == []


def test_asked_again_a_reminder_that_waits_does_not_come_beside_the_new_mail(trust, ada, asked):
    reminded(7)
    asking_adults.ask(adult=ada, by=trust.connie)
    assert adult_mailing.send_due() == 1


def test_whom_the_first_mail_never_reached_is_not_reminded(trust, ada, monkeypatch):
    def refuses(mail: EmailMessage) -> int:
        raise OSError(mail)

    monkeypatch.setattr(EmailMessage, "send", refuses)
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    assert reminded(7) == [0]


def test_asked_again_they_are_reminded_of_the_later_mail_alone(trust, ada, asked):
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    assert reminded(7) == [1]


def test_after_a_standstill_they_do_not_come_all_at_once(asked):
    assert reminded(60, 60, 61) == [1, 0, 1]


def test_a_trust_that_sets_no_days_reminds_nobody(trust, ada):
    campaigns.set_schedule(remind_after=[], mails_an_hour=None, by=trust.cara)
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    assert reminded(7, 60) == [0, 0]


def test_who_was_asked_keeps_the_days_of_then(trust, asked):
    campaigns.set_schedule(remind_after=[3], mails_an_hour=None, by=trust.cara)
    assert reminded(3, 7) == [0, 1]


def test_the_page_of_the_office_says_how_it_stands(trust: Trusty, ada, asked, signed_in):
    connie = signed_in(trust.connie)
    page = f"/children/adults/{ada.pk}/"
    assert "Without an answer, a reminder goes out" in connie.get(page).content.decode()
    reminded(7, 14)
    said = connie.get(page).content.decode()
    assert "2 reminders since." in said
    assert "a reminder goes out" not in said


def test_it_stands_in_the_history(ada, asked):
    reminded(7)
    event = Event.objects.get(verb="adult.reminded")
    assert (event.actor_id, event.subject_id) == (None, ada.pk)


def test_no_reminder_is_itself_reminded_of(trust, asked):
    reminded(7)
    late = AdultMail.objects.filter(reminds=asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        late.update(next_reminder_at=timezone.now())


def test_a_reminder_after_an_earlier_answer_does_not_say_that_there_never_was_one(
    trust, ada, mailoutbox
):
    record_many(
        said=[Said(trust.platform("news"), "photo", "no")], adult=ada, way="paper", by=trust.connie
    )
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    reminded(7)
    adult_mailing.send_due()
    body = " ".join(mailoutbox[-1].body.split())
    assert "and has had no answer since." in body
    assert "yet" not in body
