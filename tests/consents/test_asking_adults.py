"""Grown-ups are asked with versioned words, and answer with a link of their own (R-107)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from audit.models import Event
from consents import adult_mailing, adult_wording, adults, asking_adults
from consents.actions import Said, record_many
from consents.errors import NotAllowed
from consents.models import Adult, AdultLink, AdultMail, AdultWording
from policy.models import Platform
from schools.mail import PAUSES
from tests.cast import Trusty
from tests.consents.test_adults import may_show

pytestmark = pytest.mark.django_db
EVERY_NO = "Every yes of yours is now a no."
LINK = re.compile(r"/p/me/[\w-]+/")


def publish(trust: Trusty, years: int | None = None, **changed: str) -> AdultWording:
    """The trust publishes the words that ship, or others."""
    content = adult_wording.proposed() | changed
    return adult_wording.publish(content=content, years=years, by=trust.cara)


@pytest.fixture
def ada(trust) -> Adult:
    publish(trust)
    adults.keep_address(adult=trust.author_visit, email="ada@pen.example", by=trust.connie)
    return trust.author_visit


def asked(trust: Trusty, ada: Adult) -> str:
    """Their link, as the office hands it over on paper."""
    return LINK.search(asking_adults.letter(adult=ada, by=trust.connie).address)[0]


def press(trust: Trusty, address: str, key: str = "facebook", **said: str):
    place = trust.platform(key).pk
    form = {f"{place}:{kind}": word for kind, word in said.items()}
    return Client().post(address, {"version": AdultWording.objects.first().pk, **form})


# ── the words ────────────────────────────────────────────────────────────────────────────────────
def test_words_without_a_part_are_not_published(trust):
    with pytest.raises(NotAllowed, match="You can change your mind"):
        publish(trust, withdraw="  ")


def test_a_version_that_changes_nothing_is_not_made(trust):
    publish(trust)
    with pytest.raises(NotAllowed, match="Nothing is different"):
        publish(trust)


def test_a_school_does_not_write_the_trusts_words(trust):
    with pytest.raises(NotAllowed):
        adult_wording.publish(content=adult_wording.proposed(), years=None, by=trust.connie)


def test_the_next_version_is_written_on_a_page(trust, signed_in):
    client, address = signed_in(trust.cara), "/children/adults/wording/"
    form = adult_wording.proposed() | {"years": "2", "purpose": "We tell the town."}
    client.post(address, form)
    assert "We tell the town." in client.get(address).content.decode()
    assert AdultWording.objects.get().years == 2
    missing = client.post(address, form | {"done": ""}).content.decode()
    assert "Write this part: “What we do with it”." in missing


def test_of_two_who_publish_the_first_version_at_once_the_second_is_told(trust, monkeypatch):
    sign = adult_wording.fingerprint

    def meanwhile(content: dict[str, str]) -> str:
        monkeypatch.undo()
        publish(trust, purpose="We tell the town.")
        return sign(content)

    monkeypatch.setattr(adult_wording, "fingerprint", meanwhile)
    with pytest.raises(NotAllowed, match="meanwhile"):
        publish(trust)


def test_an_answer_opens_to_the_words_it_was_given_to(trust, signed_in, ada):
    press(trust, asked(trust, ada), photo="yes")
    publish(trust, purpose="Something else altogether.")
    decision = ada.decisions.get()
    address = f"/children/adults/{ada.pk}/said/{decision.pk}/"
    page = signed_in(trust.connie).get(address).content.decode()
    assert "We share news of school life" in page
    assert "Something else altogether" not in page
    assert decision.adult_wording.sha256 in page


def test_a_yes_ends_when_its_version_says(trust, ada):
    publish(trust, years=1)
    press(trust, asked(trust, ada), photo="yes")
    until = ada.decisions.get().until
    assert until is not None
    assert timedelta(days=363) < until - timezone.localdate() < timedelta(days=367)


# ── asking ───────────────────────────────────────────────────────────────────────────────────────
def test_r_107_they_are_asked_by_mail_and_their_yes_counts(trust, signed_in, ada, mailoutbox):
    signed_in(trust.connie).post(f"/children/adults/{ada.pk}/ask/")
    assert adult_mailing.send_due() == 1
    assert adult_mailing.send_due() == 0
    [mail] = mailoutbox
    assert mail.to == ["ada@pen.example"]
    press(trust, LINK.search(mail.body)[0], photo="yes")
    assert may_show(trust, ada)
    assert not may_show(trust, ada, kind="full_name")


def test_nobody_is_asked_before_words_are_published(trust):
    with pytest.raises(NotAllowed, match="No words"):
        asking_adults.letter(adult=trust.author_visit, by=trust.connie)


def test_whoever_has_no_address_gets_a_letter(trust, signed_in):
    publish(trust)
    ada = trust.author_visit
    with pytest.raises(NotAllowed, match="no e-mail address"):
        asking_adults.ask(adult=ada, by=trust.connie)
    page = signed_in(trust.connie).post(f"/children/adults/{ada.pk}/letter/").content.decode()
    assert Client().get(LINK.search(page)[0]).status_code == 200


@pytest.mark.parametrize("error", [LookupError, RuntimeError])
def test_a_mail_that_does_not_leave_is_said_and_holds_up_no_other(
    trust, signed_in, ada, mailoutbox, monkeypatch, error
):
    other = adults.add_adult(
        school=trust.oak, name="Ben Book", kind="visitor", email="ben@pen.example", by=trust.connie
    )
    leave = EmailMessage.send

    def send(mail: EmailMessage) -> int:
        if mail.to == ["ada@pen.example"]:
            raise error(mail)
        return leave(mail)

    monkeypatch.setattr(EmailMessage, "send", send)
    for person in (ada, other):
        asking_adults.ask(adult=person, by=trust.connie)
    assert adult_mailing.send_due() == 1
    assert not AdultLink.objects.filter(adult=ada).exists()
    for days in range(1, len(PAUSES) + 2):
        adult_mailing.send_due(at=timezone.now() + timedelta(days=days))
    assert AdultMail.objects.get(adult=ada).given_up_at
    page = signed_in(trust.connie).get(f"/children/adults/{ada.pk}/").content.decode()
    assert "The last mail did not leave." in page


def test_one_that_cannot_be_written_is_given_up_in_the_end(trust, ada, monkeypatch):
    def breaks(adult: Adult, *words: object, is_reminder: bool) -> EmailMessage:
        raise RuntimeError(adult)

    monkeypatch.setattr(adult_mailing, "_message", breaks)
    asking_adults.ask(adult=ada, by=trust.connie)
    for days in range(len(PAUSES) + 1):
        assert not adult_mailing.send_due(at=timezone.now() + timedelta(days=days))
    mail = AdultMail.objects.get()
    assert mail.given_up_at
    assert mail.problem == "GoLive could not write it (RuntimeError)."
    assert not AdultLink.objects.exists()


@pytest.mark.parametrize("by_mail", [True, False])
def test_whoever_was_asked_and_said_nothing_has_given_no_answer_yet(
    trust, ada, signed_in, mailoutbox, by_mail
):
    address, office = f"/children/adults/{ada.pk}/", signed_in(trust.connie)
    assert "Nobody has asked yet." in office.get(address).content.decode()
    if by_mail:
        asking_adults.ask(adult=ada, by=trust.connie)
        adult_mailing.send_due()
    else:
        asking_adults.letter(adult=ada, by=trust.connie)
    page = office.get(address).content.decode()
    assert "No answer yet." in page
    assert "Nobody has asked yet." not in page


def test_that_a_mail_left_stands_in_the_history(trust, ada, mailoutbox):
    asking_adults.ask(adult=ada, by=trust.connie)
    assert not Event.objects.filter(verb="adult.mailed").exists()
    adult_mailing.send_due()
    left = Event.objects.get(verb="adult.mailed")
    assert (left.subject_id, left.school_id) == (ada.pk, trust.oak.pk)


# ── their page ───────────────────────────────────────────────────────────────────────────────────
def test_looking_changes_nothing_and_nothing_is_ticked(trust, ada):
    page = Client().get(asked(trust, ada)).content.decode()
    assert "checked" not in page
    assert not ada.decisions.exists()


def test_with_the_same_link_a_yes_is_taken_back(trust, ada):
    address = asked(trust, ada)
    press(trust, address, photo="yes", full_name="yes")
    press(trust, address, photo="no", full_name="yes")
    assert not may_show(trust, ada)
    assert may_show(trust, ada, kind="full_name")
    assert [d.answer for d in ada.decisions.filter(kind="photo").order_by("pk")] == [
        "yes",
        "withdrawn",
    ]
    assert ada.decisions.filter(kind="full_name").count() == 1


def test_one_press_takes_everything_back(trust, ada):
    address = asked(trust, ada)
    press(trust, address, photo="yes", video="yes")
    Client().post(address, {"stop": "all"})
    assert not may_show(trust, ada)
    assert not may_show(trust, ada, kind="video")


def test_after_that_press_it_says_that_every_yes_is_now_a_no(trust, ada):
    address = asked(trust, ada)
    saved = press(trust, address, photo="yes")
    assert EVERY_NO not in Client().get(saved.url).content.decode()
    stopped = Client().post(address, {"stop": "all"})
    assert EVERY_NO in Client().get(stopped.url).content.decode()


def test_taking_everything_back_keeps_the_words_that_were_read(trust, ada):
    address = asked(trust, ada)
    press(trust, address, photo="yes")
    old = AdultWording.objects.get()
    publish(trust, purpose="Something else altogether.")
    Client().post(address, {"version": old.pk, "stop": "all"})
    last = ada.decisions.first()
    assert (last.answer, last.adult_wording) == ("withdrawn", old)


def retired(trust: Trusty, key: str) -> None:
    Platform.objects.filter(pk=trust.platform(key).pk).update(is_retired=True)


def test_a_yes_to_a_platform_that_is_not_asked_about_any_more_is_not_taken(trust, ada):
    address = asked(trust, ada)
    retired(trust, "facebook")
    page = press(trust, address, photo="yes").content.decode()
    assert "The questions have changed" in page
    assert not ada.decisions.exists()


def test_a_no_to_such_a_platform_is(trust, ada):
    address = asked(trust, ada)
    press(trust, address, photo="yes")
    retired(trust, "facebook")
    press(trust, address, photo="no")
    assert ada.decisions.first().answer == "withdrawn"


def test_a_yes_to_words_that_have_changed_is_asked_again_and_a_no_is_taken(trust, ada):
    address = asked(trust, ada)
    old = AdultWording.objects.get()
    publish(trust, purpose="Something else altogether.")
    place = trust.platform("facebook").pk
    page = Client().post(address, {"version": old.pk, f"{place}:photo": "yes"})
    assert "The questions have changed" in page.content.decode()
    assert not ada.decisions.exists()
    Client().post(address, {"version": old.pk, f"{place}:photo": "no"})
    assert ada.decisions.get().answer == "no"


def test_whoever_has_left_can_still_say_no_and_nothing_new(trust, ada):
    address = asked(trust, ada)
    press(trust, address, photo="yes")
    adults.leaves(adult=ada, on=timezone.localdate(), by=trust.connie)
    assert "You have left" in press(trust, address, "x", photo="yes").content.decode()
    assert not ada.decisions.filter(platform__key="x").exists()
    Client().post(address, {"stop": "all"})
    assert ada.decisions.first().answer == "withdrawn"


@pytest.mark.parametrize("how", ["wrong", "closed", "moved", "expired"])
def test_a_link_that_does_not_open_reads_like_any_other(trust, ada, how):
    address = asked(trust, ada)
    if how == "wrong":
        address = f"/p/me/{'a' * 43}/"
    elif how == "closed":
        asking_adults.revoke(adult=ada, by=trust.connie)
    elif how == "moved":
        adults.keep_address(adult=ada, email="new@pen.example", by=trust.connie)
    else:
        AdultLink.objects.update(expires_at=timezone.now())
    answer = Client().get(address)
    assert answer.status_code == 404
    assert answer.content == Client().get("/p/me/wrong/").content


def test_no_secret_is_kept(trust, ada):
    secret = asked(trust, ada).split("/")[-2]
    assert not AdultLink.objects.filter(sha256=secret).exists()
    assert AdultLink.objects.get().sha256 != secret


def test_a_yes_that_ends_soon_is_said_again_by_saving_and_another_is_not(trust, ada):
    publish(trust, years=1)
    address = asked(trust, ada)
    press(trust, address, photo="yes")
    press(trust, address, photo="yes")
    assert ada.decisions.count() == 1
    soon = timezone.localdate() + timedelta(days=9)
    record_short(trust, ada, soon)
    press(trust, address, photo="yes")
    assert ada.decisions.first().until > soon


def record_short(trust: Trusty, ada: Adult, until) -> None:
    """The office writes down a yes that ends soon."""
    record_many(
        said=[Said(trust.platform("facebook"), "photo", "yes")],
        adult=ada,
        way="paper",
        until=until,
        by=trust.connie,
    )
