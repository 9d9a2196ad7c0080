"""What is wrong with a form far down the page is said at its top, with the way to each field."""

from __future__ import annotations

import re

import pytest

from consents import agreements
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


def summaries(answer) -> list[str]:
    """Every summary of a page."""
    return re.findall(r'<div[^>]*role="alert"[^>]*autofocus.*?</ul>', answer.content.decode(), re.S)


def leads_to_fields(answer) -> bool:
    """Is there a place on the page for every link of its summary?"""
    [summary] = summaries(answer)
    page = answer.content.decode()
    links = re.findall(r'href="#([^"]+)"', summary)
    return bool(links) and all(f'id="{one}"' in page for one in links)


@pytest.fixture
def office(trust, signed_in):
    return signed_in(trust.connie)


def test_a_page_with_nothing_wrong_has_no_summary(trust, office):
    assert summaries(office.get(f"/children/{trust.rose.pk}/")) == []


def test_an_answer_that_is_not_whole_is_said_above_the_page(trust, office):
    answer = office.post(f"/children/{trust.rose.pk}/", {"way": "paper"})
    page = words(answer)
    assert page.index("Nothing is written down yet.") < page.index("What the family answered")
    assert "Choose at least one platform." in summaries(answer)[0]
    assert leads_to_fields(answer)


def test_so_is_an_adults(trust, office):
    answer = office.post(f"/children/adults/{trust.author_visit.pk}/", {"way": "paper"})
    assert leads_to_fields(answer)


@pytest.mark.parametrize("address", ["", "languages/"])
def test_so_is_the_next_version_of_the_agreement(trust, signed_in, address):
    agreements.start(by=trust.cara)
    answer = signed_in(trust.cara).post(f"/children/agreements/draft/{address}", {"revision": "0"})
    assert answer.status_code == 200
    assert leads_to_fields(answer)


def test_so_are_the_words_in_one_language(trust, signed_in):
    agreements.start(by=trust.cara)
    address = "/children/agreements/draft/languages/en/"
    answer = signed_in(trust.cara).post(address, {"revision": "0"})
    assert "These words are not kept yet." in summaries(answer)[0]
    assert "Somebody else has saved the draft meanwhile." in summaries(answer)[0]
