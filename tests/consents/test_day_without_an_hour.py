"""A form of which only the day is known, written down after a withdrawal of that day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consents.days import edge
from consents.models import Child, Kind
from tests.consents.asking import may

pytestmark = pytest.mark.django_db

YESTERDAY = 1


@pytest.fixture
def ife(trust) -> Child:
    """A pupil about whom nothing was said yet."""
    return trust.child("Ife", "Adeyemi")


@pytest.fixture
def facebook(trust):
    return trust.platform("facebook")


@pytest.fixture
def withdrawn(trust, ife, facebook):
    """`withdrawn(days)`: Ife’s mother withdrew at nine in the morning, so many days ago."""

    def withdraw(days: int) -> None:
        day = timezone.localdate() - timedelta(days=days)
        at = timezone.make_aware(datetime.combine(day, time(9)))
        trust.says(ife, "withdrawn", [facebook], given_at=min(at, timezone.now()))

    return withdraw


def paper(
    trust: Any, ife: Child, client: Client, answer: str, days: int, way: str = "paper"
) -> None:
    """Connie writes down a paper form of Ife’s mother on the pupil’s page."""
    form = {
        "giver": trust.mother(ife).pk,
        "platforms": [trust.platform("facebook").pk],
        "kinds": [Kind.PHOTO.value],
        "answer": answer,
        "way": way,
        "given_on": (timezone.localdate() - timedelta(days=days)).isoformat(),
    }
    assert client.post(f"/children/{ife.pk}/", form).status_code == 302


def class_list(trust: Any, ife: Child, client: Client, answer: str, days: int) -> None:
    """The same on the list of the class."""
    facebook, day = trust.platform("facebook").pk, timezone.localdate() - timedelta(days=days)
    form = {f"a_{ife.pk}_{facebook}": answer, "way": "paper", "given_on": day.isoformat()}
    address = f"/children/class/?class={ife.form}&platform={facebook}"
    assert client.post(address, form).status_code == 302


@pytest.mark.parametrize("write", [paper, class_list])
@pytest.mark.parametrize("days", [0, YESTERDAY])
def test_a_paper_yes_does_not_undo_a_withdrawal_of_its_day(
    trust, ife, signed_in, withdrawn, write, days
):
    withdrawn(days)
    write(trust, ife, signed_in(trust.connie), "yes", days)
    assert not may(ife, "facebook")


@pytest.mark.parametrize("write", [paper, class_list])
def test_a_paper_no_ends_a_yes_of_its_day(trust, ife, signed_in, facebook, write):
    evening = edge(timezone.localdate() - timedelta(days=1), begins=False) - timedelta(hours=3)
    trust.says(ife, "yes", [facebook], given_at=evening)
    write(trust, ife, signed_in(trust.connie), "no", YESTERDAY)
    assert not may(ife, "facebook")


@pytest.mark.parametrize("write", [paper, class_list])
def test_a_paper_yes_of_the_next_day_counts(trust, ife, signed_in, withdrawn, write):
    withdrawn(YESTERDAY)
    write(trust, ife, signed_in(trust.connie), "yes", 0)
    assert may(ife, "facebook")


def test_what_is_said_on_the_phone_today_is_said_now(trust, ife, signed_in, withdrawn):
    withdrawn(0)
    paper(trust, ife, signed_in(trust.connie), "yes", 0, way="phone")
    assert may(ife, "facebook")


def test_nothing_was_said_before_the_pupil_was_born(trust, signed_in):
    child = trust.rose
    client, before = signed_in(trust.connie), child.born_on - timedelta(days=1)
    form = {
        "giver": trust.mother(child).pk,
        "platforms": [trust.platform("facebook").pk],
        "kinds": [Kind.PHOTO.value],
        "answer": "yes",
        "way": "paper",
        "given_on": before.isoformat(),
    }
    answer = client.post(f"/children/{child.pk}/", form)
    assert "That day is before the pupil was born." in answer.content.decode()
    assert not child.decisions.exists()
