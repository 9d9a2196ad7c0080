"""What the matrix says about names: the full name covers the first, unless that is refused."""

from __future__ import annotations

import pytest

from consents.models import Kind
from consents.states import Standing, standings

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(trust):
    """`shown("first_name")`: what the matrix says of Rose on Facebook."""

    def seen(kind: str = Kind.FIRST_NAME, kinds: tuple[str, ...] = tuple(Kind.values)) -> str:
        facebook = trust.platform("facebook").pk
        found = standings([trust.rose], [facebook], kinds, show_holds=False)
        return found[trust.rose.pk, facebook, str(kind)].standing

    return seen


@pytest.fixture
def says(trust):
    """`says("yes", full_name)`: Rose’s mother, about Facebook."""

    def said(answer: str, kind: str) -> None:
        trust.says(trust.rose, answer, [trust.platform("facebook")], kind=kind)

    return said


def test_a_yes_to_the_full_name_is_a_yes_to_the_first(shown, says):
    says("yes", Kind.FULL_NAME)
    assert shown() == Standing.YES


def test_a_class_list_about_first_names_says_so_too(shown, says):
    says("yes", Kind.FULL_NAME)
    assert shown(kinds=(Kind.FIRST_NAME,)) == Standing.YES


def test_the_page_of_such_a_child_opens(trust, signed_in, says):
    says("yes", Kind.FULL_NAME)
    assert signed_in(trust.connie).get(f"/children/{trust.rose.pk}/").status_code == 200


def test_a_first_name_that_is_refused_stays_refused(shown, says):
    says("yes", Kind.FULL_NAME)
    says("no", Kind.FIRST_NAME)
    assert shown() == Standing.NO


def test_an_unclear_first_name_is_covered_by_a_clear_full_name(shown, says):
    says("unclear", Kind.FIRST_NAME)
    says("yes", Kind.FULL_NAME)
    assert shown() == Standing.YES


def test_the_first_name_never_covers_the_full(shown, says):
    says("yes", Kind.FIRST_NAME)
    assert shown(Kind.FULL_NAME) == Standing.NOT_ASKED
