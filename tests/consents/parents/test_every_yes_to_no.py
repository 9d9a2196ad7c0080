"""“Every yes to no” also takes back a yes that counts for nothing today, so that none revives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.environment import mail as mail_settings
from consents import mailing
from consents.caring import record_care
from consents.models import Guardianship, ParentMail
from tests.approvals.pages import words
from tests.consents.asking import may
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db
STOP = 'name="stop" value="all"'


def goes_into_care(home) -> None:
    record_care(child=home.ife, basis="Plan of 3 May", by=home.trust.dot, new_name="Northshire")


def comes_home(home) -> None:
    record_care(child=home.ife, basis="Order discharged", by=home.trust.dot)


def tie(home, **fields: object) -> None:
    row = Guardianship.objects.get(parent=home.folake, child=home.ife)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def is_limited(home) -> None:
    tie(home, court_order=True)


def is_free_again(home) -> None:
    tie(home, court_order=False)


def has_ended(home) -> None:
    tie(home, ended_on=timezone.localdate())


def has_not_ended(home) -> None:
    tie(home, ended_on=None)


WAYS = [(goes_into_care, comes_home), (is_limited, is_free_again), (has_ended, has_not_ended)]
EACH = pytest.mark.parametrize(("keeps_apart", "is_over"), WAYS)


@pytest.fixture
def said_yes(home) -> str:
    """Folake said yes to a photo of Ife and of Tobi on the news page; the address of her link."""
    address = home.address()
    both = [home.line(child, "news") for child in (home.ife, home.tobi)]
    home.sends(address, **dict.fromkeys(both, "yes"))
    return address


@EACH
def test_r_146_a_yes_that_counts_for_nothing_today_does_not_revive(
    home, said_yes, keeps_apart, is_over
):
    keeps_apart(home)
    home.sends(said_yes, stop="all")
    is_over(home)
    assert not may(home.ife)
    assert not may(home.tobi)


@EACH
def test_without_the_press_it_would(home, said_yes, keeps_apart, is_over):
    keeps_apart(home)
    is_over(home)
    assert may(home.ife)


@EACH
def test_the_page_tells_nothing_of_the_child(home, said_yes, keeps_apart, is_over):
    keeps_apart(home)
    assert "Ife" not in words(Client().get(said_yes))
    after = home.sends(said_yes, stop="all")
    assert "Ife" not in words(Client().get(after.url))
    assert "done=changed" in after.url


def test_a_hidden_yes_alone_can_be_taken_back_and_then_the_press_is_gone(home, said_yes):
    home.sends(said_yes, set=f"{home.line(home.tobi, 'news')}:no")
    goes_into_care(home)
    assert STOP in Client().get(said_yes).content.decode()
    home.sends(said_yes, stop="all")
    assert STOP not in Client().get(said_yes).content.decode()
    comes_home(home)
    assert not may(home.ife)


def test_nor_does_the_mail(home, said_yes, settings, tmp_path):
    ParentMail.objects.all().delete()
    goes_into_care(home)
    home.sends(said_yes, stop="all")
    with opened() as office:
        for name, value in mail_settings(f"smtp://127.0.0.1:{office.port}", tmp_path).items():
            setattr(settings, name, value)
        mailing.send_due(at=timezone.now() + timedelta(minutes=5))
        [message] = office.mails
    assert "Tobi" in message.get_content()
    assert "Ife" not in message.get_content()


def test_what_others_said_stands(home, said_yes):
    home.trust.says(home.tobi, "yes", [home.trust.platform("x")], giver=home.father)
    home.sends(said_yes, stop="all")
    assert not home.tobi.decisions.filter(giver=home.father, answer="withdrawn").exists()


def test_pressed_again_it_writes_nothing(home, said_yes):
    goes_into_care(home)
    home.sends(said_yes, stop="all")
    number = home.ife.decisions.count()
    home.sends(said_yes, stop="all")
    assert home.ife.decisions.count() == number


def test_the_press_is_there_too_while_the_others_questions_wait(home):
    address = home.address()
    home.sends(address, **{home.line(home.ife, "news"): "yes"})
    goes_into_care(home)
    assert STOP in Client().get(address).content.decode()
    after = home.sends(address, stop="all")
    page = Client().get(after.url)
    assert "Changed. It counts from now." in words(page)
    assert STOP not in page.content.decode()
    comes_home(home)
    assert not may(home.ife)


def test_whoever_never_said_yes_finds_no_such_press(home):
    assert STOP not in Client().get(home.address()).content.decode()
