"""A file notes no version: its yes lasts as long as the first one published says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from consents import agreements
from consents.endings import last_day
from consents.models import ConsentDecision
from consents.wording import Document, Ends, Rule
from tests.cast import Trusty
from tests.consents.agreements.writing import published
from tests.consents.imports.conftest import Office
from tests.consents.imports.test_undoing import LEE, _amy, _file, _undo, _with
from tests.consents.imports.test_undone_reads import may, says

pytestmark = pytest.mark.django_db


def yearly(trust: Trusty) -> Document:
    """Published: a yes lasts a year."""
    whole = agreements.starting_document("Two Trees Trust")
    made = published(trust, replace(whole, ends=Ends(Rule.YEARS, years=1)))
    return Document.read(made.content)


def ends() -> list[object]:
    rows = ConsentDecision.objects.order_by("pk")
    return list(rows.values_list("answer", "until"))


def test_a_yes_from_a_file_ends_by_the_first_version(trust: Trusty, office: Office) -> None:
    document = yearly(trust)
    office.brings_in(_file(_with(LEE, "Yes")))
    assert ends() == [("yes", last_day(document, _amy(), timezone.localdate()))]


def test_a_no_from_a_file_does_not_end(trust: Trusty, office: Office) -> None:
    yearly(trust)
    office.brings_in(_file(_with(LEE, "No")))
    assert ends() == [("no", None)]


def test_before_there_is_a_version_it_has_no_end_and_gets_one_with_the_first(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(_file(_with(LEE, "Yes")))
    assert ends() == [("yes", None)]
    document = yearly(trust)
    end = last_day(document, _amy(), timezone.localdate())
    assert ends() == [("yes", None), ("yes", end)]


def test_undoing_the_file_takes_back_what_was_said_once_more_as_well(
    trust: Trusty, office: Office
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    yearly(trust)
    assert may(_amy())
    _undo(office, source)
    assert not may(_amy())


def test_an_older_paper_found_afterwards_stands_and_the_file_does_not(
    trust: Trusty, office: Office
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    yearly(trust)
    _undo(office, source)
    says(trust, _amy(), "no", days=20)
    assert not may(_amy())
    assert ConsentDecision.objects.order_by("given_at", "pk").last().answer == "no"  # type: ignore[union-attr]
