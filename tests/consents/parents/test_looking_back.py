"""Of a child who has left, or decides alone, a parent sees what they said and takes it back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.environment import mail as mail_settings
from consents import links, mailing
from consents.agreements import with_asks
from consents.errors import NotAllowed
from consents.ledger import years_before
from consents.models import ConsentDecision, Guardianship, ParentMail
from consents.pressing import answer
from consents.wording import Document
from policy.models import Purpose
from publishing.reviewing import review_live
from tests.approvals.pages import words
from tests.consents.agreements.writing import published
from tests.consents.asking import may
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db


def has_left(home) -> None:
    home.ife.left_on = timezone.localdate()
    home.ife.save()


def is_eighteen(home) -> None:
    home.ife.born_on = years_before(timezone.localdate(), 18)
    home.ife.save()


EITHER = pytest.mark.parametrize("passes", [has_left, is_eighteen])


@pytest.fixture
def said_yes(home) -> str:
    """Folake said yes to a photo of Ife on the news page; the address of her link."""
    address = home.address()
    home.sends(address, **{home.line(home.ife, "news"): "yes"})
    return address


def press(home, address: str, key: str = "news", word: str = "no"):
    return home.sends(address, set=f"{home.line(home.ife, key)}:{word}")


@EITHER
def test_the_link_opens_and_shows_what_was_said(home, said_yes, passes):
    passes(home)
    page = words(Client().get(said_yes))
    assert "News page, Photo: Yes" in page
    assert "Nothing new is asked" in page


def test_it_says_kindly_why(home, said_yes):
    has_left(home)
    assert "Ife left Oak Primary School on" in words(Client().get(said_yes))
    home.ife.left_on = None
    is_eighteen(home)
    assert "Ife is 18 or older and decides now." in words(Client().get(said_yes))


@EITHER
def test_a_yes_is_taken_back_in_one_press(home, said_yes, passes):
    passes(home)
    press(home, said_yes)
    latest = home.ife.decisions.first()
    assert (latest.answer, latest.giver) == ("withdrawn", home.folake)
    assert "News page, Photo: No" in words(Client().get(said_yes))


@EITHER
def test_what_is_live_comes_down(home, said_yes, passes):
    post = home.trust.published(children=[home.ife])
    passes(home)
    press(home, said_yes)
    review_live()
    assert home.trust.delivery(post).state == "taken_down"


@EITHER
def test_everything_is_taken_back_in_one_press(home, said_yes, passes):
    passes(home)
    home.sends(said_yes, stop="all")
    assert home.ife.decisions.first().answer == "withdrawn"


@EITHER
def test_nothing_new_can_be_said_yes_to(home, said_yes, passes):
    press(home, said_yes)
    passes(home)
    before = ConsentDecision.objects.count()
    press(home, said_yes, word="yes")
    home.sends(said_yes, **{home.line(home.ife, "x"): "yes"})
    assert ConsentDecision.objects.count() == before
    square = (home.ife.pk, home.trust.platform("news").pk, "photo")
    with pytest.raises(NotAllowed):
        answer(
            link=links.found_by(said_yes.split("/")[-2]),
            answers={square: "yes"},
            seen=home.agreement,
            current=home.agreement,
            language="en",
        )


@EITHER
def test_no_press_for_yes_stands_on_the_page(home, said_yes, passes):
    passes(home)
    page = Client().get(said_yes).content.decode()
    assert f"{home.line(home.ife, 'news')}:no" in page
    assert f"{home.line(home.ife, 'news')}:yes" not in page


def test_the_other_children_are_asked_as_before(home, said_yes):
    has_left(home)
    assert f'value="{home.line(home.tobi)}:yes"' in Client().get(said_yes).content.decode() or (
        f'name="{home.line(home.tobi)}"' in Client().get(said_yes).content.decode()
    )


def test_with_nobody_else_to_ask_about_the_page_still_opens(home, said_yes):
    has_left(home)
    Guardianship.objects.filter(child=home.tobi).delete()
    assert Client().get(said_yes).status_code == 200


def test_a_parent_who_never_answered_reads_that_nothing_stands(home):
    address = home.address()
    Guardianship.objects.filter(child=home.tobi).delete()
    has_left(home)
    assert "No yes of yours stands about Ife." in words(Client().get(address))


def test_who_lost_responsibility_sees_nothing_of_the_child(home, said_yes):
    has_left(home)
    Guardianship.objects.filter(parent=home.folake, child=home.ife).update(court_order=True)
    assert "Ife" not in words(Client().get(said_yes))


def test_r_153_the_other_parents_answers_are_no_part_of_it(home, said_yes):
    has_left(home)
    home.trust.says(home.ife, "no", [home.trust.platform("x")], giver=home.father)
    page = words(Client().get(said_yes))
    assert "X, Photo: No" not in page
    assert "Ade Adeyemi" not in page


def test_at_18_with_a_best_interests_record_the_parent_is_asked_as_before(home, said_yes):
    is_eighteen(home)
    home.ife.best_interests = True
    home.ife.save()
    assert may(home.ife)
    assert f"{home.line(home.ife, 'news')}:yes" in Client().get(said_yes).content.decode()


def in_the_post(home, settings, tmp_path):
    """The one mail that leaves now."""
    with opened() as office:
        for name, value in mail_settings(f"smtp://127.0.0.1:{office.port}", tmp_path).items():
            setattr(settings, name, value)
        mailing.send_due(at=timezone.now() + timedelta(minutes=5))
        [message] = office.mails
    return message.get_content()


def test_the_list_by_mail_tells_of_it(home, said_yes, settings, tmp_path):
    ParentMail.objects.all().delete()
    has_left(home)
    press(home, said_yes)
    assert "May we show a photo on the news page? No" in in_the_post(home, settings, tmp_path)


@EITHER
def test_a_new_link_comes_with_the_list_and_takes_a_yes_back(
    home, said_yes, passes, settings, tmp_path
):
    ParentMail.objects.all().delete()
    links.revoke(parent=home.folake, child=home.ife, by=home.trust.connie)
    passes(home)
    links.send(parent=home.folake, child=home.ife, by=home.trust.connie)
    text = in_the_post(home, settings, tmp_path)
    assert "May we show a photo on the news page? Yes" in text
    press(home, re.search(r"/p/[^\s?]+", text).group())
    said = ConsentDecision.objects.filter(giver=home.folake).order_by("pk")
    assert [row.answer for row in said] == ["yes", "withdrawn"]


def test_a_new_link_goes_to_whoever_is_asked_about_nobody_any_more(home, said_yes, signed_in):
    has_left(home)
    Guardianship.objects.filter(child=home.tobi).delete()
    office = signed_in(home.trust.connie)
    page = f"/children/{home.ife.pk}/parents/"
    assert "Mail a new link" in words(office.get(page))
    office.post(f"{page}{home.folake.pk}/send/")
    assert ParentMail.objects.filter(parent=home.folake, kind="look").count() == 1


def test_no_mail_asks_about_such_a_child(home, said_yes):
    has_left(home)
    links.send(parent=home.folake, child=home.ife, by=home.trust.connie)
    assert not ParentMail.objects.filter(kind="ask").exists()


def test_no_link_goes_to_who_may_not_decide(home, said_yes):
    has_left(home)
    Guardianship.objects.filter(child=home.ife).update(court_order=True)
    with pytest.raises(NotAllowed):
        links.send(parent=home.folake, child=home.ife, by=home.trust.connie)


def test_to_an_address_that_comes_back_no_mail_is_promised(home, said_yes):
    links.mark_address(parent=home.folake, child=home.ife, comes_back=True, by=home.trust.connie)
    with pytest.raises(NotAllowed, match="Print a letter"):
        links.send(parent=home.folake, child=home.ife, by=home.trust.connie)


# ── a yes that counts although today's questions are others ──────────────────────────────────────
@pytest.fixture
def not_asked_now(home, said_yes) -> str:
    """The next version no longer asks about the news page."""
    document = Document.read(home.agreement.content)
    asks = [(place, kind) for place, kind in document.asks if place != "news"]
    home.agreement = published(home.trust, with_asks(document, asks, document.purposes))
    return said_yes


@pytest.fixture
def asked_for_more(home, said_yes) -> str:
    """The next version asks for one purpose more."""
    Purpose.objects.create(version=home.trust.policy, key="adverts", name="Adverts")
    document = Document.read(home.agreement.content)
    purposes = [*document.purposes, "adverts"]
    home.agreement = published(home.trust, with_asks(document, document.asks, purposes))
    return said_yes


@pytest.mark.parametrize("version", ["not_asked_now", "asked_for_more"])
def test_a_yes_that_still_counts_is_shown_and_taken_back_in_one_press(home, request, version):
    address = request.getfixturevalue(version)
    assert may(home.ife, "news")
    page = words(Client().get(address))
    assert "You said yes to this before. That yes stands" in page
    assert "News page, Photo: Yes" in page
    press(home, address)
    assert not may(home.ife, "news")
    assert "You said yes to this before." not in words(Client().get(address))


def test_a_yes_to_all_that_is_asked_now_is_news_and_shown_as_any_other(home, asked_for_more):
    home.sends(asked_for_more, **{home.line(home.ife, "news"): "yes"})
    page = words(Client().get(asked_for_more))
    assert "You said yes to this before." not in page
    assert ConsentDecision.objects.filter(giver=home.folake, answer="yes").count() == 2


def test_nothing_new_is_said_yes_to_where_it_is_not_asked(home, not_asked_now):
    press(home, not_asked_now)
    press(home, not_asked_now, word="yes")
    assert not may(home.ife, "news")


def test_the_list_by_mail_has_it_as_well(home, asked_for_more, settings, tmp_path):
    ParentMail.objects.all().delete()
    home.sends(asked_for_more, **{home.line(home.ife, "facebook"): "no"})
    assert "May we show a photo on the news page? Yes" in in_the_post(home, settings, tmp_path)
