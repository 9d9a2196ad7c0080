"""A file can be stopped while it waits and while a worker is at it; nothing of it is there then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from consents.errors import NotAllowed
from consents.imports import actions, running
from consents.imports.running import run_imports
from consents.models import Child, ConsentDecision, Guardianship, Import, ImportRow, Parent
from policy.models import Platform
from schools.models import User
from tests.consents.imports.conftest import SAMPLE, Office, as_csv

pytestmark = pytest.mark.django_db
TABLES = (Child, Parent, Guardianship, ConsentDecision, ImportRow)


def _stopping(
    monkeypatch: pytest.MonkeyPatch, office: Office, stage: str, share: float = 0.5
) -> list[str]:
    """Somebody presses “Stop it” once this share of the stage is done."""
    real, pressed = running._progress, []

    def listening(source: Import, *lease: Any) -> Any:
        note = real(source, *lease)

        def both(now: str, done: int, total: int) -> None:
            if now == stage and done >= share * total and not pressed:
                pressed.append(stage)
                actions.cancel(source=Import.objects.get(pk=source.pk), by=office.by)
            note(now, done, total)

        return both

    monkeypatch.setattr(running, "_progress", listening)
    return pressed


def _nothing_is_there() -> bool:
    return not any(table.objects.exists() for table in TABLES)


def _sent(office: Office) -> Import:
    return office.sends(SAMPLE)


@pytest.mark.parametrize("stage", ["reading", "comparing"])
def test_it_is_stopped_while_it_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    pressed = _stopping(monkeypatch, office, stage)
    source = office.sends(SAMPLE)
    assert pressed
    assert source.state == Import.State.CANCELLED
    assert _nothing_is_there()


@pytest.mark.parametrize(("stage", "share"), [("reading", 0.5), ("comparing", 0.5), ("writing", 0)])
def test_it_is_stopped_while_it_is_brought_in(
    office: Office, monkeypatch: pytest.MonkeyPatch, stage: str, share: float
) -> None:
    source = _sent(office)
    actions.confirm(source=source, accepted=[], by=office.by)
    pressed = _stopping(monkeypatch, office, stage, share)
    assert office.works(source).state == Import.State.CANCELLED
    assert pressed
    assert _nothing_is_there()


def test_it_is_stopped_at_the_very_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _sent(office)
    actions.confirm(source=source, accepted=[], by=office.by)
    real = running.writing.write

    def late(plan: Any, mine: Import) -> None:
        real(plan, mine)
        Import.objects.filter(pk=mine.pk).update(state=Import.State.CANCELLED)

    monkeypatch.setattr(running.writing, "write", late)
    run_imports()
    assert not Child.objects.exists()


def test_what_is_stopped_is_deleted_and_can_be_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _sent(office)
    path = Path(source.file.path)
    actions.confirm(source=source, accepted=[], by=office.by)
    with monkeypatch.context() as patched:
        _stopping(patched, office, "comparing")
        run_imports()
    run_imports()
    assert not path.exists()
    assert office.brings_in(SAMPLE).summary["outcomes"]["new"] == 5


def test_what_is_in_cannot_be_stopped(office: Office) -> None:
    with pytest.raises(NotAllowed, match="moved on"):
        actions.cancel(source=office.brings_in(SAMPLE), by=office.by)


@pytest.mark.parametrize("state", ["waiting", "checking", "confirmed", "applying"])
def test_the_page_of_a_file_at_work_has_the_button(
    office: Office, signed_in: Callable[[User], Client], state: str
) -> None:
    source = _sent(office)
    actions.confirm(source=source, accepted=[], by=office.by)
    Import.objects.filter(pk=source.pk).update(state=state)
    browser = signed_in(office.by)
    assert "Stop it, and delete" in browser.get(f"/children/imports/{source.pk}/").content.decode()
    browser.post(f"/children/imports/{source.pk}/leave/")
    assert Import.objects.get(pk=source.pk).state == Import.State.CANCELLED


PUPILS, PLATFORMS = 20_000, 9


def _large() -> str:
    names = [p.name for p in Platform.objects.all()][:PLATFORMS]
    words = ("Yes", "No", "Y", "N", "", "granted", "refused")
    head = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR", *names]
    rows = [
        [f"{n:06}", f"Lee{n}", "Amy", "25/06/2015", "7A", f"Jo Lee{n}", "Y"]
        + [words[(n + column) % len(words)] for column in range(PLATFORMS)]
        for n in range(PUPILS)
    ]
    return as_csv([head, *rows])


@pytest.mark.slow
def test_twenty_thousand_pupils_on_nine_platforms_stopped_half_way_and_begun_again_are_exact(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _large()
    source = office.sends(text)
    actions.confirm(
        source=source, accepted=[s["key"] for s in source.summary["stops"]], by=office.by
    )
    with monkeypatch.context() as patched:
        pressed = _stopping(patched, office, "comparing")
        assert office.works(source).state == Import.State.CANCELLED
    assert pressed
    assert _nothing_is_there()
    again = office.brings_in(text)
    assert again.summary["outcomes"]["new"] == PUPILS
    assert (Child.objects.count(), Guardianship.objects.count()) == (PUPILS, PUPILS)
    said = dict.fromkeys(("yes", "no"), 0)
    for n in range(PUPILS):
        for column in range(PLATFORMS):
            word = (n + column) % 7
            said["yes"] += word in {0, 2, 5}
            said["no"] += word in {1, 3, 6}
    for answer, number in said.items():
        assert ConsentDecision.objects.filter(answer=answer).count() == number
    assert ConsentDecision.objects.count() == sum(said.values())
    assert ConsentDecision.objects.values("child", "platform").distinct().count() == sum(
        said.values()
    )
