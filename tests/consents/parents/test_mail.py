"""Mail to parents goes over a real connection, with a link made as it leaves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.environment import mail as mail_settings
from consents import links, mailing
from consents.models import BadAddress, Guardianship, ParentLink, ParentMail
from consents.wording import Document
from schools.mail import PAUSES
from tests.consents.agreements.writing import polish, published
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, tmp_path):
    """A mail server, named as an administrator would."""
    with opened() as made:
        for name, value in mail_settings(f"smtp://127.0.0.1:{made.port}", tmp_path).items():
            setattr(settings, name, value)
        settings.PUBLIC_URL = "https://golive.example"
        yield made


@pytest.fixture
def asked(home):
    """Connie has sent Folake a link."""
    return links.send(parent=home.folake, child=home.ife, by=home.trust.connie)


def later(minutes: int = 5):
    return timezone.now() + timedelta(minutes=minutes)


def test_the_link_in_the_mail_opens_the_page(home, asked, office):
    mailing.send_due()
    [message] = office.mails
    [address] = re.findall(r"https://golive.example\S+", message.get_content())
    page = Client().get(urlsplit(address).path)
    assert page.status_code == 200
    assert message["To"] == "folake@home.example"


def test_no_child_is_named_in_it(home, asked, office):
    mailing.send_due()
    [message] = office.mails
    assert not {"Ife", "Tobi"} & set(re.findall(r"\w+", str(message)))


def test_it_says_whom_it_is_for(home, asked, office):
    mailing.send_due()
    assert office.mails[0].get_content().splitlines()[0] == "For Folake Adeyemi"


def test_a_reminder_says_whom_it_is_for(home, office):
    ParentMail.objects.create(parent=home.father, school=home.trust.oak, kind="reminder")
    mailing.send_due(at=later())
    assert office.mails[0].get_content().splitlines()[0] == "For Ade Adeyemi"


def test_the_list_of_answers_says_whose_they_are(home, answered, office):
    mailing.send_due(at=later())
    assert office.mails[-1].get_content().splitlines()[0] == "For Folake Adeyemi"


def test_no_secret_lies_in_the_outbox(home, asked, office):
    mailing.send_due()
    secret = re.findall(r"/p/([^/]+)/", office.mails[0].get_content())[0]
    assert not any(secret in str(row) for row in ParentMail.objects.values_list())


def test_it_is_sent_once(home, asked, office):
    mailing.send_due()
    mailing.send_due(at=later(600))
    assert len(office.mails) == 1


def test_an_address_that_is_refused_is_given_up_and_remembered(home, asked, office):
    office.refuses = "550 no such person"
    mailing.send_due()
    assert BadAddress.objects.get().email == "folake@home.example"
    assert ParentMail.objects.get().problem == mailing.REFUSED
    assert not ParentLink.objects.exists(), "nobody holds a link that did not leave"


def test_what_waits_for_an_address_that_is_refused_by_now_does_not_leave(home, asked, office):
    BadAddress.objects.create(email="folake@home.example")
    mailing.send_due()
    assert office.mails == []
    assert ParentMail.objects.get().problem == mailing.REFUSED


def test_an_address_the_office_said_comes_back_was_refused_by_no_server(home, asked, office):
    with time_machine.travel("2026-11-22 10:00Z", tick=False):
        links.mark_address(
            parent=home.folake, child=home.ife, comes_back=True, by=home.trust.connie
        )
    mailing.send_due(at=later())
    asked.refresh_from_db()
    assert asked.problem == f"It comes back, as {home.trust.connie.name} noted on 22 November 2026."


def test_a_new_address_is_written_to(home, asked, office):
    BadAddress.objects.create(email="old@home.example")
    mailing.send_due()
    assert len(office.mails) == 1


def test_try_later_is_tried_later(home, asked, office):
    office.refuses = "451 try later"
    mailing.send_due()
    office.refuses = ""
    mailing.send_due(at=later())
    assert len(office.mails) == 1
    assert not BadAddress.objects.exists()


def test_one_mail_that_breaks_holds_up_no_other_and_is_given_up(home, asked, office, monkeypatch):
    links.send(parent=home.father, child=home.ife, by=home.trust.connie)
    leave = EmailMessage.send

    def send(mail: EmailMessage) -> int:
        if mail.to == [home.folake.email]:
            raise LookupError(mail)
        return leave(mail)

    monkeypatch.setattr(EmailMessage, "send", send)
    before = ParentLink.objects.filter(parent=home.folake).count()
    assert mailing.send_due(at=later()) == 1
    for days in range(1, len(PAUSES) + 2):
        mailing.send_due(at=later(60 * 24 * days))
    asked.refresh_from_db()
    assert asked.given_up_at
    assert ParentLink.objects.filter(parent=home.folake).count() == before


def test_one_that_cannot_be_written_holds_up_no_other_and_says_so(home, asked, office, monkeypatch):
    other = links.send(parent=home.father, child=home.ife, by=home.trust.connie)
    write = mailing.asked_of

    def breaks(parent, agreement):
        if parent == home.folake:
            raise LookupError("the words of the version")
        return write(parent, agreement)

    monkeypatch.setattr(mailing, "asked_of", breaks)
    assert mailing.send_due(at=later()) == 1
    other.refresh_from_db()
    asked.refresh_from_db()
    assert other.sent_at
    assert not asked.sent_at
    assert asked.problem == "GoLive could not write it (LookupError)."


def test_who_lost_the_right_meanwhile_gets_nothing(home, asked, office):
    Guardianship.objects.filter(parent=home.folake).update(court_order=True)
    mailing.send_due()
    assert office.mails == []
    assert ParentMail.objects.get().problem == mailing.NO_LONGER


def test_a_person_can_say_that_mail_comes_back_and_that_it_works_again(home, signed_in):
    connie = signed_in(home.trust.connie)
    for verb, bad in (("comes-back", True), ("works", False)):
        connie.post(reverse("consents:parent_press", args=[home.ife.pk, home.folake.pk, verb]))
        assert mailing.bounces(home.folake) is bad


def test_after_answering_a_mail_lists_only_their_own_answers(home, office):
    home.sends(home.address(home.father), **{home.line(home.ife, "x"): "no"})
    ParentMail.objects.all().delete()
    home.sends(home.address(), **{home.line(home.ife): "yes"})
    mailing.send_due(at=later())
    [message] = office.mails
    lines = message.get_content().replace("\r\n", "\n").split("\n")
    assert lines.count("May we show a photo on Facebook? Yes") == 1
    assert "May we show a photo on X? No" not in lines
    assert message["Subject"] == "Your answers about pictures"


def test_inside_a_sentence_our_own_page_has_an_article(home, office):
    home.sends(home.address(), **{home.line(home.ife, "news"): "yes"})
    mailing.send_due(at=later())
    lines = office.mails[-1].get_content().splitlines()
    assert "May we show a photo on the news page? Yes" in lines


# ── in which language ───────────────────────────────────────────────────────────────────────────
@pytest.fixture
def in_two_languages(home):
    """The next version, in English and Polish."""
    document = Document.read(home.agreement.content)
    both = (*document.wordings, polish(document.wordings[0]))
    home.agreement = published(home.trust, replace(document, wordings=both))
    return home


def test_the_summary_is_in_the_language_the_page_was_read_in(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife): "yes"})
    mailing.send_due(at=later())
    [message] = office.mails
    assert message["Subject"] == "PL Your answers about pictures"
    assert "PL May we show a photo on Facebook? PL Yes" in message.get_content()


def test_it_says_whom_it_is_for_in_each_language(in_two_languages, office):
    home = in_two_languages
    links.send(parent=home.folake, child=home.ife, by=home.trust.connie)
    mailing.send_due(at=later())
    lines = office.mails[-1].get_content().splitlines()
    assert {"For Folake Adeyemi", "PL For Folake Adeyemi"} <= set(lines)


def test_another_language_keeps_the_name_of_a_place(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife, "news"): "yes"})
    mailing.send_due(at=later())
    assert "PL May we show a photo on News page? PL Yes" in office.mails[-1].get_content()


def test_the_language_they_read_last_is_the_one(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife): "yes"})
    home.sends(home.address(), **{home.line(home.tobi): "yes"})
    mailing.send_due(at=later())
    assert office.mails[-1]["Subject"] == "Your answers about pictures"


def test_an_answer_at_the_door_changes_nothing_of_it(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife): "yes"})
    home.trust.says(home.ife, "no", [home.trust.platform("x")], giver=home.folake)
    mailing.send_due(at=later())
    assert office.mails[-1]["Subject"] == "PL Your answers about pictures"


def test_a_language_that_was_left_out_since_is_english_again(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife): "yes"})
    document = Document.read(home.agreement.content)
    published(home.trust, replace(document, wordings=document.wordings[:1]))
    mailing.send_due(at=later())
    assert office.mails[-1]["Subject"] == "Your answers about pictures"


def test_its_link_is_given_for_the_other_languages_as_well(in_two_languages, office):
    home = in_two_languages
    home.sends(f"{home.address()}?lang=pl", **{home.line(home.ife): "yes"})
    mailing.send_due(at=later())
    lines = office.mails[-1].get_content().splitlines()
    [english] = [line for line in lines if line.startswith("English: https://")]
    assert english.endswith("?lang=en")


# ── the summary's own link ───────────────────────────────────────────────────────────────────────
@pytest.fixture
def answered(home, office) -> str:
    """Folake says yes to a photo on Facebook through the link of her invitation; its address."""
    address = home.address()
    home.sends(address, **{home.line(home.ife): "yes"})
    return address


def in_the_mail(office) -> str:
    """The path of the only link in the last mail."""
    [address] = re.findall(r"https://golive.example\S+", office.mails[-1].get_content())
    return urlsplit(address).path


def test_the_summary_carries_a_link_that_shows_the_answers(home, answered, office):
    mailing.send_due(at=later())
    page = Client().get(in_the_mail(office)).content.decode()
    assert f'name="set" value="{home.line(home.ife)}:no"' in page


def test_with_it_an_answer_is_withdrawn_in_one_press(home, answered, office):
    mailing.send_due(at=later())
    home.sends(in_the_mail(office), set=f"{home.line(home.ife)}:no")
    latest = home.ife.decisions.first()
    assert (latest.answer, latest.giver) == ("withdrawn", home.folake)


def test_with_it_everything_is_withdrawn_in_one_press(home, answered, office):
    mailing.send_due(at=later())
    home.sends(in_the_mail(office), stop="all")
    assert home.ife.decisions.first().answer == "withdrawn"


def test_the_link_they_answered_with_goes_on_working(home, answered, office):
    mailing.send_due(at=later())
    assert in_the_mail(office) != answered
    assert Client().get(answered).status_code == 200


def test_closing_a_parents_links_closes_both(home, answered, office):
    mailing.send_due(at=later())
    links.revoke(parent=home.folake, child=home.ife, by=home.trust.connie)
    opened_again = [Client().get(path).status_code for path in (answered, in_the_mail(office))]
    assert opened_again == [404, 404]


def test_links_that_were_closed_meanwhile_are_not_opened_again_by_the_summary(
    home, answered, office
):
    links.revoke(parent=home.folake, child=home.ife, by=home.trust.connie)
    mailing.send_due(at=later())
    words = office.mails[-1].get_content()
    assert "https://" not in words
    assert "The school office can answer with you" in words
    assert not ParentLink.objects.working().exists()


def test_a_summary_that_does_not_leave_leaves_no_link(home, answered, office):
    before = ParentLink.objects.count()
    office.refuses = "451 try later"
    mailing.send_due(at=later())
    assert ParentLink.objects.count() == before


def test_no_secret_of_a_summary_lies_in_the_outbox(home, answered, office):
    mailing.send_due(at=later())
    secret = in_the_mail(office).split("/p/")[1].strip("/")
    assert not any(secret in str(row) for row in ParentMail.objects.values_list())
