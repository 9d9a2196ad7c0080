"""“Every yes to no” also takes back a yes that counts for nothing today, so that none revives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.environment import mail as mail_settings
from consents import mailing
from consents.caring import record_care
from consents.models import Guardianship, ParentMail
from tests.approvals.pages import words
from tests.consents.asking import may
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db
PAGE = "parents:page"
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
    assert "done=all_no" in after.url


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
    assert "Every yes of yours is now a no. It counts from now." in words(page)
    assert STOP not in page.content.decode()
    comes_home(home)
    assert not may(home.ife)


def test_whoever_never_said_yes_finds_no_such_press(home):
    assert STOP not in Client().get(home.address()).content.decode()


# ── no other child ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def only_ife(home, said_yes) -> str:
    """Folake has no other child at school; her link."""
    home.sends(said_yes, set=f"{home.line(home.tobi, 'news')}:no")
    Guardianship.objects.filter(child=home.tobi, parent=home.folake).delete()
    return said_yes


@EACH
def test_kept_from_their_only_child_they_can_still_take_back(home, only_ife, keeps_apart, is_over):
    keeps_apart(home)
    assert STOP in Client().get(only_ife).content.decode()
    page = words(home.sends(only_ife, stop="all"))
    assert "Every yes of yours is now a no. It counts from now." in page
    is_over(home)
    assert not may(home.ife)


@EACH
def test_the_page_then_names_no_child_and_no_school(home, only_ife, keeps_apart, is_over):
    keeps_apart(home)
    said = words(Client().get(only_ife))
    assert "Nothing is asked of you at the moment." in said
    for name in ("Ife", "Tobi", home.trust.oak.name, home.trust.oak.short_name):
        assert name not in said.replace("Folake Adeyemi", "")
    assert 'type="radio"' not in Client().get(only_ife).content.decode()
    assert 'name="set"' not in Client().get(only_ife).content.decode()


def test_whatever_keeps_them_apart_it_is_the_same_page(home, only_ife):
    pages = set()
    for keeps_apart, is_over in WAYS:
        keeps_apart(home)
        pages.add(Client().get(only_ife).content)
        is_over(home)
    assert len(pages) == 1


@EACH
@pytest.mark.parametrize("method", ["get", "post"])
def test_with_nothing_to_take_back_it_is_told_like_a_wrong_link(
    home, only_ife, keeps_apart, is_over, method
):
    home.sends(only_ife, stop="all")
    keeps_apart(home)
    answers = [
        getattr(Client(), method)(address) for address in (only_ife, reverse(PAGE, args=["a" * 43]))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_no_other_press_is_taken_there(home, only_ife):
    goes_into_care(home)
    number = home.ife.decisions.count()
    for word in ("yes", "no"):
        home.sends(only_ife, set=f"{home.line(home.ife, 'news')}:{word}")
        home.sends(only_ife, **{home.line(home.ife, "news"): word})
        home.sends(only_ife, all=f"news:{word}")
    assert home.ife.decisions.count() == number


def test_no_mail_tells_of_it(home, only_ife):
    ParentMail.objects.all().delete()
    goes_into_care(home)
    home.sends(only_ife, stop="all")
    assert not ParentMail.objects.exists()


def test_whose_link_has_ended_tells_the_office_and_it_does_not_revive(home, only_ife, signed_in):
    goes_into_care(home)
    door = reverse("consents:door", args=[home.ife.pk, home.folake.pk])
    sent = {"way": "phone", home.line(home.ife, "news"): "no"}
    signed_in(home.trust.connie).post(door, sent)
    comes_home(home)
    assert not may(home.ife)
