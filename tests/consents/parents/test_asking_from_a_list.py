"""From a list of pupils their parents are asked, and nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consents import letters, mailing
from consents.actions import set_hold
from consents.models import Campaign, Child, Hint, Invitation
from schools.clock import day
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def connie(home, signed_in):
    return signed_in(home.trust.connie)


@pytest.fixture
def asks(connie):
    """`asks("/children/?list=missing")`: what its press “Ask their parents” leads to."""

    def address(path: str) -> str:
        page = connie.get(path).content.decode()
        [found] = re.findall(r'href="([^"]*campaigns/new/[^"]*)"', page)
        return found.replace("&amp;", "&")

    return address


def answers(home, child: Child, *keys: str) -> None:
    platforms = [home.trust.platform(key) for key in keys]
    home.trust.says(child, "no", platforms)


def asked_about(campaign: Campaign) -> set[str]:
    rows = Invitation.objects.filter(campaign=campaign).prefetch_related("children")
    return {child.first_name for row in rows for child in row.children.all()}


def send(connie, address: str) -> Campaign:
    connie.post(address, {"key": str(uuid4()), "remind_after": ""})
    return Campaign.objects.get()


def test_asking_from_a_list_asks_about_its_pupils_only(home, connie, asks):
    assert home.trust.rose
    answers(home, home.ife, "facebook")
    facebook = home.trust.platform("facebook").pk
    address = asks(f"/children/?list=not-asked&platform={facebook}")
    assert "Only the 2 pupils of Oak on this list: No answer at all: photo on Facebook" in words(
        connie.get(address)
    )
    assert asked_about(send(connie, address)) == {"Tobi", "Rose"}


def test_a_list_of_one_class_asks_in_that_class(home, connie, asks):
    Child.objects.filter(pk=home.tobi.pk).update(form="5A")
    campaign = send(connie, asks("/children/?list=missing&class=5A"))
    assert asked_about(campaign) == {"Tobi"}
    assert campaign.listed == "No answer that counts yet: photo, 5A"


def test_a_list_of_those_without_a_class_is_no_list_of_everybody(home, connie, asks):
    Child.objects.filter(pk=home.tobi.pk).update(form="")
    assert asked_about(send(connie, asks("/children/?list=missing&class="))) == {"Tobi"}


def test_the_campaign_says_that_it_was_for_a_list(home, connie, asks):
    campaign = send(connie, asks("/children/?list=missing"))
    page = words(connie.get(reverse("consents:campaign", args=[campaign.pk])))
    assert "only pupils on a list of that day, “No answer that counts yet: photo”" in page
    assert "only those on the list" in words(connie.get(reverse("consents:campaigns")))


def test_whoever_has_answered_since_the_look_is_not_asked(home, connie, asks):
    address = asks("/children/?list=not-asked&platform=" + str(home.trust.platform("x").pk))
    connie.get(address)
    answers(home, home.tobi, "x")
    assert asked_about(send(connie, address)) == {"Ife"}


def test_a_hold_changes_nothing_of_a_list(home, connie, asks):
    address = asks("/children/?list=missing")
    before = words(connie.get(address))
    set_hold(child=home.ife, kind="protected", by=home.trust.dot)
    assert words(connie.get(address)) == before


def test_the_parents_whom_a_file_named_in_general_are_asked_from_their_list(home, connie, asks):
    Hint.objects.create(child=home.tobi, topic="photo", said="Photographs: Yes")
    address = asks("/children/imports/ask/")
    page = words(connie.get(address))
    assert "Only the 1 pupil of Oak on this list: The school’s system says something" in page
    assert "2 parents get a mail" in page
    assert asked_about(send(connie, address)) == {"Tobi"}


@pytest.fixture
def sent(home, connie, asks):
    """Ife, of whom a file said something in general; the campaign about her has left."""
    Hint.objects.create(child=home.ife, topic="photo", said="Photographs: Yes")
    send(connie, asks("/children/imports/ask/"))
    mailing.send_due(at=timezone.now() + timedelta(minutes=1))


def test_that_list_says_when_a_pupils_parents_were_asked(home, connie, sent):
    Hint.objects.create(child=home.tobi, topic="photo", said="Photographs: Yes")
    page = words(connie.get("/children/imports/ask/"))
    assert page.count(f"· asked on {day(timezone.now())}") == 1


def test_a_letter_is_a_day_of_asking_too(home, connie):
    Hint.objects.create(child=home.ife, topic="photo", said="Photographs: Yes")
    letters.of_parent(parent=home.folake, child=home.ife, language="", by=home.trust.connie)
    assert f"· asked on {day(timezone.now())}" in words(connie.get("/children/imports/ask/"))


def test_whoever_was_asked_from_it_can_be_asked_again(connie, asks, sent):
    page = words(connie.get(asks("/children/imports/ask/")))
    assert "There is nobody to ask" not in page
    assert "Send to 2 parents" in page


def test_where_every_mail_has_still_to_leave_it_asks_nobody_again(home, connie, asks):
    Hint.objects.create(child=home.ife, topic="photo", said="Photographs: Yes")
    send(connie, asks("/children/imports/ask/"))
    assert "campaigns/new/" not in connie.get("/children/imports/ask/").content.decode()


def test_one_class_of_that_list_can_be_asked(home, connie, asks):
    for child in (home.ife, home.tobi):
        Hint.objects.create(child=child, topic="photo", said="Photographs: Yes")
    Child.objects.filter(pk=home.tobi.pk).update(form="5A")
    assert asked_about(send(connie, asks("/children/imports/ask/?class=5A"))) == {"Tobi"}


def test_whoever_may_only_look_has_no_press_there(home, signed_in):
    Hint.objects.create(child=home.tobi, topic="photo", said="Photographs: Yes")
    page = signed_in(home.trust.hana).get("/children/imports/ask/").content.decode()
    assert "campaigns/new" not in page


def test_a_list_that_is_none_is_not_found(connie):
    address = f"{reverse('consents:new_campaign')}?school=oak&list="
    assert connie.get(f"{address}zzz").status_code == 404
    assert connie.get(f"{address}missing&platform=zzz").status_code == 404


def test_another_schools_pupils_are_on_no_list_of_ours(home, connie, asks):
    Hint.objects.create(child=home.trust.leo, topic="photo", said="Photographs: Yes")
    address = asks("/children/?list=missing")
    assert asked_about(send(connie, address)) == {"Ife", "Tobi"}
