"""The page of a file at work asks how far it is until the work is over, by itself or by a press."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from consents.imports import actions
from consents.models import Import
from tests.cast import Trusty
from tests.consents.imports.conftest import SAMPLE, Office

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
ASKS = 'hx-get="/children/imports/{}/progress/'


def page(client: Client, source: Import, more: str = "") -> str:
    return client.get(f"/children/imports/{source.pk}/{more}").content.decode()


def confirmed(office: Office) -> Import:
    source = office.sends(SAMPLE)
    actions.confirm(source=source, accepted=[], by=office.by)
    return source


def test_after_the_press_the_page_goes_on_asking(
    trust: Trusty, office: Office, signed_in: Enter
) -> None:
    source = confirmed(office)
    assert ASKS.format(source.pk) in page(signed_in(trust.connie), source)


def test_after_the_press_the_numbers_of_the_dry_run_are_gone(
    trust: Trusty, office: Office, signed_in: Enter
) -> None:
    assert "5 of 5" not in page(signed_in(trust.connie), confirmed(office))


@pytest.mark.parametrize("state", ["waiting", "checking", "confirmed", "applying"])
def test_all_rows_done_at_one_stage_is_not_the_end(
    trust: Trusty, office: Office, signed_in: Enter, state: str
) -> None:
    source = confirmed(office)
    Import.objects.filter(pk=source.pk).update(state=state, rows_done=5, rows_total=5)
    assert ASKS.format(source.pk) in page(signed_in(trust.connie), source, "progress/")


def test_without_javascript_a_link_looks_again(
    trust: Trusty, office: Office, signed_in: Enter
) -> None:
    seen = page(signed_in(trust.connie), confirmed(office))
    assert "Look again</a></p></noscript>" in seen


def test_a_page_that_says_it_waits_is_fetched_anew_once_the_work_begins(
    trust: Trusty, office: Office, signed_in: Enter
) -> None:
    source, client = confirmed(office), signed_in(trust.connie)
    address = f"/children/imports/{source.pk}/progress/?shows=confirmed"
    assert "HX-Refresh" not in client.get(address)
    Import.objects.filter(pk=source.pk).update(state="applying")
    assert client.get(address)["HX-Refresh"] == "true"


def test_once_it_is_over_the_page_is_fetched_anew_and_asks_no_more(
    trust: Trusty, office: Office, signed_in: Enter
) -> None:
    source = office.brings_in(SAMPLE)
    answer = signed_in(trust.connie).get(f"/children/imports/{source.pk}/progress/")
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in answer.content.decode()
