"""The background half: progress, crashes, two workers, files and names that go away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from consents.errors import NotAllowed
from consents.imports import actions, running, writing
from consents.imports.running import run_imports
from consents.models import Child, ConsentDecision, Import, ImportRow
from tests.cast import Trusty
from tests.consents.imports.conftest import SAMPLE, Office, as_csv

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SAMPLE_OF_ONE = as_csv([["Adno", "Surname", "Forename", "DOB"], ["7", "Lee", "Amy", "05/06/2015"]])


def _confirmed(office: Office) -> Import:
    source = office.sends(SAMPLE)
    actions.confirm(source=source, accepted=[], by=office.by)
    return source


def _nothing_is_there() -> bool:
    return not (Child.objects.exists() or ConsentDecision.objects.exists())


def test_nothing_is_brought_in_before_a_person_confirms(office: Office) -> None:
    source = office.sends(SAMPLE)
    assert source.state == Import.State.READY
    assert source.rows.count() == 5
    assert _nothing_is_there()


def test_progress_is_told_while_it_works(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, int]] = []
    real = running._progress

    def listening(source: Import, *lease: Any) -> Any:
        note = real(source, *lease)

        def both(stage: str, done: int, total: int) -> None:
            note(stage, done, total)
            kept = Import.objects.get(pk=source.pk)
            seen.append((kept.stage, kept.rows_done, kept.rows_total))

        return both

    monkeypatch.setattr(running, "_progress", listening)
    office.confirms(office.sends(SAMPLE))
    assert seen == [
        ("reading", 5, 5),
        ("comparing", 5, 5),
        ("reading", 5, 5),
        ("comparing", 5, 5),
        ("writing", 0, 5),
    ]


@pytest.mark.parametrize("step", ["_parents", "_decisions", "_close_asks", "_deciders"])
def test_a_crash_in_the_middle_leaves_nothing_and_the_next_worker_brings_in_all(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    source = _confirmed(office)
    with monkeypatch.context() as broken:

        def crash(*_: Any) -> None:
            raise MemoryError

        broken.setattr(writing, step, crash)
        run_imports()
    assert _nothing_is_there()
    assert office.works(source).state == Import.State.DONE
    assert Child.objects.count() == 5


def test_a_worker_that_was_killed_is_replaced_when_its_lease_ends(office: Office) -> None:
    source = _confirmed(office)
    soon = timezone.now() + running.LEASE
    Import.objects.filter(pk=source.pk).update(
        state=Import.State.APPLYING, tries=1, lease_until=soon
    )
    assert run_imports() == 0
    assert run_imports(at=soon + MINUTE) == 1
    assert Import.objects.get(pk=source.pk).state == Import.State.DONE


def test_a_worker_that_lost_its_lease_writes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _confirmed(office)
    real = writing.write

    def overtaken(plan: Any, mine: Import) -> None:
        real(plan, mine)
        Import.objects.filter(pk=source.pk).update(tries=9)

    monkeypatch.setattr(running.writing, "write", overtaken)
    run_imports()
    assert _nothing_is_there()


def test_what_always_fails_is_given_up_with_a_sentence(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _confirmed(office)

    def crash(*_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(running.writing, "write", crash)
    source = office.works(source)
    assert source.state == Import.State.REFUSED
    assert "nothing of it was" in source.problem
    assert _nothing_is_there()


def test_what_changed_since_a_person_looked_is_shown_again_and_not_written(
    office: Office,
) -> None:
    first, second = office.sends(SAMPLE), office.sends(SAMPLE)
    office.confirms(first)
    actions.confirm(source=second, accepted=[], by=office.by)
    second = office.works(second)
    assert second.state == Import.State.READY
    assert second.problem == running.CHANGED
    assert second.summary["outcomes"]["new"] == 0


def test_one_file_of_a_school_is_brought_in_at_a_time(office: Office) -> None:
    busy, waiting = _confirmed(office), _confirmed(office)
    until = timezone.now() + running.LEASE
    Import.objects.filter(pk=busy.pk).update(state=Import.State.APPLYING, lease_until=until)
    assert run_imports() == 0
    assert Import.objects.get(pk=waiting.pk).state == Import.State.CONFIRMED


def test_a_file_that_is_no_table_is_refused_in_words(office: Office) -> None:
    source = office.sends(b"\xff\xd8\xff\xe0 a photo \x81\x8d")
    assert source.state == Import.State.REFUSED
    assert "it is a photo" in source.problem


def test_the_file_is_deleted_once_it_is_in(
    office: Office, django_capture_on_commit_callbacks: Any
) -> None:
    source = office.sends(SAMPLE)
    path = Path(source.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        office.confirms(source)
    assert not path.exists()
    assert not Import.objects.get(pk=source.pk).file


def test_a_file_left_lying_is_deleted_with_every_name_after_thirty_days(office: Office) -> None:
    source = office.sends(SAMPLE)
    path = Path(source.file.path)
    run_imports(at=timezone.now() + timedelta(days=31))
    source.refresh_from_db()
    assert source.state == Import.State.CANCELLED
    assert not path.exists()
    assert not ImportRow.objects.exists()
    assert source.columns == []


def test_a_file_has_no_address(office: Office) -> None:
    source = office.sends(SAMPLE)
    with pytest.raises(ValueError, match="has no address"):
        _ = source.file.url


def test_leaving_a_file_says_that_it_is_still_to_be_deleted(office: Office, signed_in: Any) -> None:
    source = office.sends(SAMPLE)
    path = Path(source.file.path)
    page = signed_in(office.by).post(f"/children/imports/{source.pk}/leave/", follow=True)
    assert path.exists()
    assert "the file will be deleted in a moment" in page.content.decode()


def test_the_page_says_deleted_only_once_the_file_is(office: Office, signed_in: Any) -> None:
    source = office.sends(SAMPLE_OF_ONE)
    actions.confirm(source=source, accepted=[], by=office.by)
    assert run_imports() == 1
    assert Import.objects.get(pk=source.pk).file
    address = f"/children/imports/{source.pk}/"
    assert "The file is deleted" not in signed_in(office.by).get(address).content.decode()
    run_imports()
    assert not Import.objects.get(pk=source.pk).file
    assert "The file is deleted" in signed_in(office.by).get(address).content.decode()


def test_a_file_that_is_left_is_deleted(office: Office) -> None:
    source = office.sends(SAMPLE)
    path = Path(source.file.path)
    actions.cancel(source=source, by=office.by)
    run_imports()
    assert not path.exists()
    assert _nothing_is_there()


def test_guessed_letters_must_be_looked_at(office: Office) -> None:
    source = office.sends(SAMPLE.encode("cp1252"))
    assert [stop["key"] for stop in source.summary["stops"]] == ["letters"]
    with pytest.raises(NotAllowed, match="accents"):
        actions.confirm(source=source, accepted=[], by=office.by)


def _school(first: int, last: int) -> str:
    rows = [[str(n), f"Lee{n}", "Amy", "05/06/2015"] for n in range(first, last)]
    return as_csv([["Adno", "Surname", "Forename", "DOB"], *rows])


def test_a_file_of_another_school_must_be_looked_at(office: Office) -> None:
    office.brings_in(_school(100, 120))
    source = office.sends(_school(500, 520))
    assert [stop["key"] for stop in source.summary["stops"]] == ["school", "absent"]


def test_many_missing_pupils_must_be_looked_at(office: Office) -> None:
    office.brings_in(_school(100, 120))
    assert [s["key"] for s in office.sends(_school(100, 117)).summary["stops"]] == ["absent"]
    assert office.sends(_school(100, 118)).summary["stops"] == []


@pytest.mark.parametrize("who", ["hana", "owen", "tessa", "dot"])
def test_only_the_schools_consent_administrator_sends_its_files(
    trust: Trusty, office: Office, who: str
) -> None:
    office.by = getattr(trust, who)
    with pytest.raises(NotAllowed):
        office.sends(SAMPLE)


def test_what_a_person_says_of_a_column_is_remembered(office: Office) -> None:
    text = as_csv([["Adno", "Surname", "Forename", "Pics FB"], ["1", "Lee", "Amy", "N"]])
    source = office.sends(text)
    assert source.columns[3]["field"] == "leave_out"
    actions.set_reading(
        source=source, columns={"pics fb": "platform:facebook:photo"}, options={}, by=office.by
    )
    assert office.works(source).summary["answers"] == {"no": 1}
    assert office.sends(text).columns[3]["field"] == "platform:facebook:photo"
