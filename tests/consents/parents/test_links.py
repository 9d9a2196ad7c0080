"""A personal link opens for whoever holds it, and reveals nothing when it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from consents import links
from consents.errors import NotAllowed
from consents.models import ConsentDecision, Guardianship, Knock, ParentLink, ParentMail

pytestmark = pytest.mark.django_db


def revoked(home) -> str:
    address = home.address()
    links.revoke(parent=home.folake, child=home.ife, by=home.trust.connie)
    return address


def expired(home) -> str:
    address = home.address()
    ParentLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return address


def no_longer_entitled(home) -> str:
    address = home.address()
    Guardianship.objects.filter(parent=home.folake).update(court_order=True)
    return address


def wrong(home) -> str:
    return reverse("parents:page", args=["a" * 43])


def test_the_secret_is_long_and_only_its_hash_is_kept(home):
    link, secret = links.make(parent=home.folake, by=None)
    assert len(secret) >= 43
    kept = [str(value) for value in ParentLink.objects.filter(pk=link.pk).values_list()[0]]
    assert not any(secret in value for value in kept)


def test_no_two_are_alike(home):
    assert len({links.make(parent=home.folake, by=None)[1] for _ in range(20)}) == 20


def test_it_opens_without_an_account(home):
    answer = Client().get(home.address())
    assert answer.status_code == 200
    assert "May we share pictures of Ife and Tobi?" in answer.content.decode()


def test_it_expires_by_the_setting(home, settings):
    settings.GOLIVE_LINK_DAYS = 3
    link, _ = links.make(parent=home.folake, by=None)
    assert link.expires_at - link.made_at == timedelta(days=3)


@pytest.mark.parametrize("broken", [revoked, expired, no_longer_entitled])
@pytest.mark.parametrize("method", ["get", "post"])
def test_one_that_does_not_open_looks_exactly_like_a_wrong_one(home, broken, method):
    answers = [getattr(Client(), method)(address) for address in (wrong(home), broken(home))]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


@pytest.mark.parametrize("broken", [revoked, expired])
def test_it_asks_the_database_the_same_questions_as_a_wrong_one(home, broken):
    shapes = []
    for address in (wrong(home), broken(home)):
        Knock.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            Client().get(address)
        asked_for = [query["sql"].split("WHERE")[0] for query in asked.captured_queries]
        shapes.append([sql for sql in asked_for if "SAVEPOINT" not in sql])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_fetches_it_changes_nothing(home, method):
    address = home.address()
    before = (Event.objects.count(), list(ParentLink.objects.values()))
    for _ in range(5):
        assert getattr(Client(), method)(address).status_code == 200
    assert (Event.objects.count(), list(ParentLink.objects.values())) == before
    assert not ConsentDecision.objects.exists()


@pytest.mark.parametrize("query", ["?set=1:1:photo:yes", "?stop=all", "?all=facebook:yes"])
def test_nothing_in_the_address_presses_a_button(home, query):
    address = home.address()
    Client().get(address + query)
    assert not ConsentDecision.objects.exists()


def test_it_works_many_times(home):
    address = home.address()
    assert [Client().get(address).status_code for _ in range(3)] == [200] * 3


def test_wrong_ones_from_one_address_are_soon_turned_away(home):
    for _ in range(links.WRONG_FROM_ONE_ADDRESS):
        assert Client().get(wrong(home)).status_code == 404
    assert Client().get(wrong(home)).status_code == 429


def test_a_link_that_works_is_not_held_up_by_wrong_ones_from_its_address(home):
    for _ in range(links.WRONG_FROM_ONE_ADDRESS + 1):
        Client().get(wrong(home))
    assert Client().get(home.address()).status_code == 200


def test_another_address_is_not_held_up_by_it(home):
    for _ in range(links.WRONG_FROM_ONE_ADDRESS + 1):
        Client().get(wrong(home))
    assert Client(REMOTE_ADDR="192.0.2.7").get(home.address()).status_code == 200


def test_one_link_can_only_be_used_so_often(home, monkeypatch):
    monkeypatch.setattr(links, "OF_ONE_LINK", 2)
    address = home.address()
    assert [Client().get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get(home.address()).status_code == 200, "another link of hers"


def test_the_count_begins_anew_and_keeps_no_address(home):
    Client(REMOTE_ADDR="192.0.2.7").get(wrong(home))
    assert "192.0.2.7" not in Knock.objects.get().key
    links.forget_knocks(timezone.now() + 2 * links.WINDOW)
    assert not Knock.objects.exists()


def test_whoever_is_not_entitled_gets_no_link(home):
    aunt = home.trust.parent(home.ife, "Aunt", responsible=False)
    with pytest.raises(NotAllowed):
        links.make(parent=aunt, by=None)


def test_the_parent_of_a_grown_up_is_sent_the_list_and_never_the_question(home):
    Guardianship.objects.filter(child=home.tobi).delete()
    home.ife.born_on = timezone.localdate() - timedelta(days=19 * 366)
    home.ife.save()
    mail = links.send(parent=home.folake, child=home.ife, by=home.trust.connie)
    assert mail.kind == ParentMail.Kind.LOOK


def test_the_office_closes_and_sends_again(home, signed_in):
    old = home.address()
    connie = signed_in(home.trust.connie)
    press = ("consents:parent_press", [home.ife.pk, home.folake.pk])
    connie.post(reverse(press[0], args=[*press[1], "close"]))
    assert Client().get(old).status_code == 404
    connie.post(reverse(press[0], args=[*press[1], "send"]))
    assert ParentMail.objects.get().parent == home.folake


@pytest.mark.parametrize("who", ["tessa", "hana", "owen", "elm_office"])
@pytest.mark.parametrize("verb", ["close", "send"])
def test_nobody_else_does(home, signed_in, who, verb):
    home.address()
    browser = signed_in(getattr(home.trust, who))
    address = reverse("consents:parent_press", args=[home.ife.pk, home.folake.pk, verb])
    assert browser.post(address).status_code == 404
    assert ParentLink.objects.working().count() == 1
    assert not ParentMail.objects.exists()


def test_making_and_closing_is_history_without_the_secret(home):
    _, secret = links.make(parent=home.folake, by=None)
    links.revoke(parent=home.folake, child=home.ife, by=home.trust.connie)
    events = Event.objects.filter(verb__startswith="link.")
    assert [event.verb for event in events.order_by("pk")] == ["link.made", "link.revoked"]
    assert not any(secret in str(event.facts) for event in events)
