"""What is written is what a person looked at, and nothing that was said meanwhile is written over.

A plan is made before the write, and people answer while a file waits or is being brought in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consents.imports import actions, running
from consents.imports.running import CHANGED, run_imports
from consents.models import Child, Guardianship, Import, Kind
from tests.cast import Trusty
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "Facebook"]
BORN = "04/05/2017"


@pytest.fixture
def at_oak(trust: Trusty) -> tuple[Child, Child]:
    """Tom and Rose, whom the file knows by their numbers."""
    for number, child in (("0001", trust.tom), ("0002", trust.rose)):
        Child.objects.filter(pk=child.pk).update(mis_id=number)
    return trust.tom, trust.rose


def _file(tom: str = "4B", rose: str = "4B", answer: str = "") -> str:
    return as_csv(
        [
            HEAD,
            ["0001", "Rees", "Tom", BORN, tom, "Mother Rees", ""],
            ["0002", "Green", "Rose", BORN, rose, "Mother Green", answer],
        ]
    )


def _confirm(office: Office, source: Import) -> None:
    actions.confirm(source=source, accepted=[], by=office.by)


def _after_planning(monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
    """Once, between the plan of the next worker and its write."""
    real, waiting = running.prepare, [happens]

    def prepare(*given: Any) -> Any:
        found = real(*given)
        if waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(running, "prepare", prepare)


def test_two_changes_that_even_out_in_number_are_seen(office: Office, at_oak: Any) -> None:
    tom, rose = at_oak
    source = office.sends(_file(tom="4C"))
    Child.objects.filter(pk=tom.pk).update(form="4C")
    Child.objects.filter(pk=rose.pk).update(form="4D")
    _confirm(office, source)
    source = office.works(source)
    assert (source.state, source.problem) == (Import.State.READY, CHANGED)
    assert Child.objects.get(pk=rose.pk).form == "4D"


def test_a_no_written_down_while_the_file_is_brought_in_is_not_outranked(
    office: Office, trust: Trusty, at_oak: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    facebook = trust.platform("facebook")
    yesterday = timezone.now() - timedelta(days=1)
    source = office.sends(_file(answer="Yes"))
    _confirm(office, source)
    _after_planning(
        monkeypatch, lambda: trust.says(trust.rose, "no", [facebook], given_at=yesterday)
    )
    source = office.works(source)
    assert (source.state, source.problem) == (Import.State.READY, CHANGED)
    assert not may(trust.rose, "facebook", Kind.PHOTO)
    office.confirms(source)
    assert not may(trust.rose, "facebook", Kind.PHOTO)


def test_a_court_order_recorded_while_the_file_is_brought_in_stays(
    office: Office, trust: Trusty, at_oak: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = [*HEAD, "Contact 1 Priority"]
    text = as_csv([head, ["0002", "Green", "Rose", BORN, "4B", "Mother Green", "", "2"]])
    source = office.sends(text)
    _confirm(office, source)

    def order() -> None:
        mothers = Guardianship.objects.get(child=trust.rose)
        mothers.court_order = True
        mothers.save()

    _after_planning(monkeypatch, order)
    office.works(source)
    mothers = Guardianship.objects.get(child=trust.rose)
    assert mothers.court_order


def test_what_is_said_about_others_in_between_does_not_stop_the_file(
    office: Office, trust: Trusty, at_oak: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    amira = trust.amira
    source = office.sends(_file(tom="4C"))
    _confirm(office, source)
    _after_planning(monkeypatch, lambda: trust.says(amira, "no", [trust.platform("facebook")]))
    assert run_imports() == 1
    assert Import.objects.get(pk=source.pk).state == Import.State.APPLYING, "it plans again"
    assert office.works(source).state == Import.State.DONE
    assert Child.objects.get(pk=at_oak[0].pk).form == "4C"
