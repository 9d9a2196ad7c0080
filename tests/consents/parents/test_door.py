"""What a parent says at the door is written down as theirs, on the version in force."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consents.models import Answer, ConsentDecision, Evidence, Way
from consents.scans import is_unchanged
from tests.approvals.pages import words
from tests.consents.asking import may
from tests.consents.test_scans import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(home) -> str:
    """The page for what Folake says about Ife."""
    return reverse("consents:door", args=[home.ife.pk, home.folake.pk])


def test_it_is_hers_and_on_the_version_in_force(home, door, signed_in):
    signed_in(home.trust.connie).post(door, {home.line(home.ife): "yes", "way": "phone"})
    made = ConsentDecision.objects.get()
    assert (made.giver, made.agreement, made.way) == (home.folake, home.agreement, Way.PHONE)
    assert may(home.ife, "facebook")


def ticked(page, answer: str) -> list[str]:
    """The questions that stand ticked with that answer on a page."""
    inputs = re.findall(r'name="(\d+:\d+:\w+)" value="(\w+)" checked', page.content.decode())
    return [name for name, value in inputs if value == answer]


def test_everything_is_chosen_first_and_written_down_second(home, door, signed_in):
    page = signed_in(home.trust.connie).post(door, {"all": "yes", "way": "phone"})
    assert len(ticked(page, "yes")) == 45
    assert 'value="phone" checked' in page.content.decode()
    assert "Nothing is written down yet" in words(page)
    assert not home.ife.decisions.exists()


def test_yes_to_everything_leaves_a_no_that_is_ticked(home, door, signed_in):
    no = {home.line(home.ife): "no", home.line(home.ife, "x"): "yes"}
    page = signed_in(home.trust.connie).post(door, {"all": "yes", **no})
    assert ticked(page, "no") == [home.line(home.ife)]
    assert len(ticked(page, "yes")) == 44


def test_everything_can_be_turned_round_before_it_is_written_down(home, door, signed_in):
    connie = signed_in(home.trust.connie)
    noes = dict.fromkeys(ticked(connie.post(door, {"all": "no"}), "no"), "no")
    assert len(ticked(connie.post(door, {"all": "yes", **noes}), "yes")) == len(noes) == 45


def test_no_to_everything_is_two_presses(home, door, signed_in):
    connie = signed_in(home.trust.connie)
    connie.post(door, dict.fromkeys(ticked(connie.post(door, {"all": "no"}), "no"), "no"))
    assert set(home.ife.decisions.values_list("answer", flat=True)) == {Answer.NO}
    assert home.ife.decisions.count() == 45


def test_a_no_to_a_yes_is_a_withdrawal(home, door, signed_in):
    connie = signed_in(home.trust.connie)
    connie.post(door, {home.line(home.ife): "yes"})
    connie.post(door, {home.line(home.ife): "no"})
    assert home.ife.decisions.first().answer == Answer.WITHDRAWN


def test_no_answer_is_chosen_beforehand(home, door, signed_in):
    home.sends(home.address(), **{home.line(home.ife): "yes"})
    page = signed_in(home.trust.connie).get(door).content.decode()
    assert page.count("checked") == 1, "only how they say it"


def test_nothing_chosen_is_said(home, door, signed_in):
    page = signed_in(home.trust.connie).post(door, {})
    assert "Choose at least one answer" in words(page)


@pytest.mark.parametrize("who", ["hana", "tessa", "owen", "elm_office"])
def test_it_is_not_there_for_others(home, door, signed_in, who):
    assert signed_in(getattr(home.trust, who)).post(door, {"all": "yes"}).status_code == 404
    assert not ConsentDecision.objects.exists()


def test_a_stranger_to_the_child_says_nothing_here(home, signed_in):
    other = home.trust.mother(home.trust.rose)
    address = reverse("consents:door", args=[home.ife.pk, other.pk])
    assert signed_in(home.trust.connie).post(address, {"all": "yes"}).status_code == 404


def pdf(data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("form.pdf", data)


def test_a_form_handed_in_at_the_door_is_kept_with_the_answers(home, door, signed_in):
    yes = {home.line(home.ife): "yes", home.line(home.ife, "x"): "no"}
    signed_in(home.trust.connie).post(door, {**yes, "scan": pdf()})
    [one, other] = ConsentDecision.objects.select_related("scan")
    assert one.scan == other.scan
    assert one.scan.media_type == "application/pdf"
    assert is_unchanged(one.scan)


def test_what_is_no_form_is_refused_and_nothing_is_written_down(home, door, signed_in):
    sent = {home.line(home.ife): "yes", "scan": pdf(b"MZ\x90 a program")}
    page = signed_in(home.trust.connie).post(door, sent)
    assert "Nothing is written down yet. This is neither a photo nor a PDF." in words(page)
    assert ticked(page, "yes") == [home.line(home.ife)]
    assert not (ConsentDecision.objects.exists())
    assert not (Evidence.objects.exists())


def test_a_scan_without_an_answer_is_not_kept(home, door, signed_in):
    page = signed_in(home.trust.connie).post(door, {"scan": pdf()})
    assert "Choose at least one answer" in words(page)
    assert not Evidence.objects.exists()


def test_whoever_chooses_everything_is_told_to_choose_the_scan_again(home, door, signed_in):
    page = signed_in(home.trust.connie).post(door, {"all": "yes", "scan": pdf()})
    assert "Choose the scan again" in words(page)
    assert not Evidence.objects.exists()
