"""Signing in, being locked out, a forgotten password; and no way to make oneself an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.utils import timezone

from schools.models import User
from tests.approvals.pages import words
from tests.cast import PASSWORD
from tests.schools.world import patterns

pytestmark = pytest.mark.django_db
WRONG = "not-the-password-1"


def tries(who: str, password: str, **more) -> object:
    """Somebody at the door."""
    return Client(**more).post("/sign-in/", {"username": who, "password": password})


def is_in(answer) -> bool:
    return answer.status_code == 302 and answer.headers["Location"] == "/"


def test_the_right_password_lets_in(trust):
    assert is_in(tries(trust.tessa.email, PASSWORD))


def test_the_case_of_the_address_does_not_matter(trust):
    assert is_in(tries(trust.tessa.email.upper(), PASSWORD))


def test_a_wrong_password_and_an_unknown_address_read_the_same(trust):
    wrong, unknown = tries(trust.tessa.email, WRONG), tries("nobody@demo.example", WRONG)
    assert "do not fit together" in words(wrong)
    assert words(wrong).replace(trust.tessa.email, "") == words(unknown)


def test_a_closed_account_reads_the_same(trust):
    User.objects.filter(pk=trust.tessa.pk).update(is_active=False)
    closed, unknown = tries(trust.tessa.email, PASSWORD), tries("nobody@demo.example", PASSWORD)
    assert words(closed) == words(unknown)


def test_the_fifth_wrong_password_locks_even_the_right_one_out(trust):
    for _ in range(5):
        last = tries(trust.tessa.email, WRONG)
    assert last.status_code == 429
    locked = tries(trust.tessa.email, PASSWORD)
    assert locked.status_code == 429
    assert "Wait a little" in words(locked)


def test_a_lock_is_that_persons_at_that_place_only(trust):
    for _ in range(5):
        tries(trust.tessa.email, WRONG, REMOTE_ADDR="203.0.113.9")
    assert is_in(tries(trust.hana.email, PASSWORD, REMOTE_ADDR="203.0.113.9"))
    assert is_in(tries(trust.tessa.email, PASSWORD, REMOTE_ADDR="198.51.100.7"))


def test_a_lock_ends_after_an_hour(trust):
    for _ in range(5):
        tries(trust.tessa.email, WRONG)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert is_in(tries(trust.tessa.email, PASSWORD))


def test_a_stranger_is_brought_back_to_the_page_asked_for(trust):
    answer = Client().get("/posts/")
    assert answer.headers["Location"] == "/sign-in/?next=/posts/"


def test_nobody_is_sent_on_to_another_website_after_signing_in(trust):
    form = {"username": trust.tessa.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/sign-in/", form).headers["Location"] == "/"


def test_signing_out_is_a_press(trust, signed_in):
    client = signed_in(trust.tessa)
    client.get("/sign-out/")
    assert client.get("/posts/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/posts/").status_code == 302


def test_no_address_lets_anybody_make_an_account():
    told = re.compile(r"register|sign.?up|join|create.?account|invite", re.IGNORECASE)
    assert [name for name, _ in patterns() if told.search(name)] == []


def test_signing_in_as_somebody_unknown_makes_no_account(trust):
    before = User.objects.count()
    tries("new@demo.example", PASSWORD)
    Client().post("/password/", {"email": "new@demo.example"})
    assert User.objects.count() == before


def test_the_first_account_is_no_administrator(trust):
    assert not trust.tessa.is_staff
    assert not trust.tessa.is_superuser


def test_signing_in_gives_no_way_into_the_admin(trust, signed_in):
    assert signed_in(trust.cara).get("/admin/").status_code == 404


# ── a forgotten password ─────────────────────────────────────────────────────────────────────────
def link_for(user: User) -> str:
    """What the mail leads to."""
    Client().post("/password/", {"email": user.email})
    [message] = mail.outbox
    return re.search(r"https?://[^/]+(/password/\S+)", message.body)[1]


def renew(client: Client, link: str, password: str):
    """Open the link and choose a password."""
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(address, {"new_password1": password, "new_password2": password})


def test_a_link_comes_by_mail_and_sets_a_new_password(trust):
    renew(Client(), link_for(trust.tessa), "heron-pond-quarry-9")
    assert is_in(tries(trust.tessa.email, "heron-pond-quarry-9"))
    assert not is_in(tries(trust.tessa.email, PASSWORD))


def test_the_link_works_once(trust):
    link = link_for(trust.tessa)
    renew(Client(), link, "heron-pond-quarry-9")
    assert "This link has ended" in words(Client().get(link, follow=True))


def test_the_link_is_over_after_a_day(trust, settings):
    link = link_for(trust.tessa)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "This link has ended" in words(Client().get(link, follow=True))


def test_a_weak_new_password_is_refused(trust):
    renew(Client(), link_for(trust.tessa), "password")
    assert is_in(tries(trust.tessa.email, PASSWORD))


def test_asking_for_an_unknown_address_reads_the_same_and_sends_nothing(trust):
    known = Client().post("/password/", {"email": trust.tessa.email}, follow=True)
    mail.outbox.clear()
    unknown = Client().post("/password/", {"email": "nobody@demo.example"}, follow=True)
    assert words(known) == words(unknown)
    assert mail.outbox == []


def test_a_new_password_ends_what_was_signed_in_elsewhere(trust):
    old = Client()
    old.post("/sign-in/", {"username": trust.tessa.email, "password": PASSWORD})
    renew(Client(), link_for(trust.tessa), "heron-pond-quarry-9")
    assert old.get("/posts/").status_code == 302
