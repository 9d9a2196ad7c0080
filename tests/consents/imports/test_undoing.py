"""A file that was a mistake is undone: shown first, then taken back by new decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from audit.models import Event
from consents import rules
from consents.actions import Said, record_many
from consents.errors import NotAllowed
from consents.imports import actions, following, running, undo_writing, undoing
from consents.imports.running import run_imports
from consents.models import (
    Answer,
    Ask,
    Child,
    ConsentDecision,
    Guardianship,
    Hint,
    Hold,
    Import,
    ImportTrace,
    Parent,
    Way,
)
from consents.states import Standing, standings
from policy.models import Platform
from schools.models import User
from tests.cast import Trusty
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
UPN = "T999400126001"
HEAD = ["UPN", "Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
LEE = [UPN, "0007", "Lee", "Amy", "05/06/2015", "7A", "Jo Lee", "Y"]
RAY = ["", "0008", "Ray", "Bo", "05/06/2015", "7B", "Al Ray", "Y"]


def _file(*rows: list[str], more: tuple[str, ...] = ("Facebook",)) -> str:
    return as_csv([[*HEAD, *more], *rows])


def _with(row: list[str], *cells: str, **changed: str) -> list[str]:
    return [changed.get(h.split()[0], c) for h, c in zip(HEAD, row, strict=True)] + [*cells]


def _undo(office: Office, source: Import) -> Import:
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=office.by)
    return office.works(source)


def _amy() -> Child:
    return Child.objects.get(mis_id="0007")


def _stands(child: Child, key: str = "facebook") -> Standing:
    platform = Platform.objects.get(key=key).pk
    return standings([child], [platform], ["photo"], show_holds=False)[
        child.pk, platform, "photo"
    ].standing


def _may(child: Child, key: str = "facebook") -> bool:
    platform = Platform.objects.get(key=key).pk
    return rules.permissions([child.pk], [platform]).permits(child.pk, platform, "photo")


def _says(trust: Trusty, child: Child, answer: str, days: int = 0, **giver: Any) -> None:
    given = None if not days else timezone.now() + timedelta(days=days)
    giver = giver or {"giver": child.guardianships.get().parent}
    record_many(
        said=[Said(trust.platform("facebook"), "photo", answer)],
        child=child,
        way=Way.PAPER,
        given_at=given,
        by=trust.connie,
        **giver,
    )


# ── answers ──────────────────────────────────────────────────────────────────────────────────────
def test_a_yes_where_nothing_was_said_is_not_asked_again(office: Office) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    assert _may(_amy())
    assert _undo(office, source).state == Import.State.UNDONE
    Child.objects.update(left_on=None)
    assert not _may(_amy())
    assert _stands(_amy()) is Standing.NOT_ASKED


@pytest.mark.parametrize(("before", "file"), [("yes", "No"), ("yes", "ask first"), ("no", "no")])
def test_what_a_person_had_said_stands_again(
    trust: Trusty, office: Office, before: str, file: str
) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _says(trust, _amy(), before)
    source = office.brings_in(_file(_with(LEE, file), _with(RAY, "Y")))
    _undo(office, source)
    assert _stands(_amy()) == before
    assert _may(_amy()) is (before == "yes")


def test_an_end_of_a_yes_comes_back_with_it(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    tomorrow = timezone.localdate() + timedelta(days=1)
    record_many(
        said=[Said(trust.platform("facebook"), "photo", "yes")],
        child=_amy(),
        giver=Parent.objects.get(),
        way=Way.PAPER,
        until=tomorrow,
        by=trust.connie,
    )
    _undo(office, office.brings_in(_file(_with(LEE, "No"))))
    assert ConsentDecision.objects.latest("pk").until == tomorrow


def test_what_was_said_after_the_file_stays(trust: Trusty, office: Office) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "Yes")))
    _says(trust, _amy(), "no")
    found = undoing.plan(source)
    assert (found.later, sum(found.answers.values())) == (1, 1)
    _undo(office, source)
    assert _stands(_amy()) is Standing.NO


def test_nothing_is_changed_or_deleted(office: Office) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    before = list(ConsentDecision.objects.order_by("pk").values())
    children, parents = Child.objects.count(), Parent.objects.count()
    _undo(office, source)
    after = list(ConsentDecision.objects.order_by("pk").values())
    assert after[: len(before)] == before
    [taken_back] = after[len(before) :]
    assert (taken_back["undoes_id"], taken_back["answer"]) == (before[0]["id"], Answer.UNDONE)
    assert (Child.objects.count(), Parent.objects.count()) == (children, parents)


def test_a_no_of_nobody_goes_with_its_file(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _says(trust, _amy(), "yes")
    plain = as_csv([["Adno", "Surname", "Forename", "Photographs"], ["0007", "Lee", "Amy", "No"]])
    Guardianship.objects.update(has_responsibility=True)
    source = office.brings_in(plain)
    assert not _may(_amy())
    _undo(office, source)
    assert _may(_amy())


# ── the right file, and papers, afterwards ───────────────────────────────────────────────────────
@pytest.mark.parametrize("dates", [("", ""), ("01/09/2026", "01/09/2026"), ("", "01/09/2026")])
def test_the_right_file_goes_in_as_if_the_wrong_one_never_had(
    office: Office, dates: tuple[str, str]
) -> None:
    wrong, right = dates
    more = ("Facebook", "Consent Date")
    _undo(office, office.brings_in(_file(_with(LEE, "No", wrong), more=more)))
    source = office.brings_in(_file(_with(LEE, "Yes", right), more=more))
    assert source.summary["answers"] == {"yes": 1}
    assert _may(_amy())
    assert (_amy().left_on, _amy().returned_on) == (None, None)


def test_a_pupil_without_a_number_is_new_in_the_right_file(office: Office) -> None:
    row = _with(LEE, "Yes", UPN="", Adno="")
    _undo(office, office.brings_in(_file(row)))
    assert office.brings_in(_file(row)).summary["outcomes"]["new"] == 1
    assert Child.objects.on_roll().count() == 1


@pytest.mark.parametrize(("order", "stands"), [(("no", "yes"), "no"), (("yes", "no"), "no")])
def test_papers_found_later_count_by_the_day_they_were_given(
    trust: Trusty, office: Office, order: tuple[str, str], stands: str
) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _undo(office, office.brings_in(_file(_with(LEE, "Yes"))))
    for answer in order:
        _says(trust, _amy(), answer, days={"yes": -40, "no": -20}[answer])
    assert _stands(_amy()) == stands
    assert not _may(_amy())


def test_a_paper_no_is_not_hidden_by_the_yes_that_stands_again(
    trust: Trusty, office: Office
) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _says(trust, _amy(), "yes", days=-40)
    _undo(office, office.brings_in(_file(_with(LEE, "No"))))
    assert _may(_amy())
    _says(trust, _amy(), "no", days=-20)
    assert not _may(_amy())


def test_a_paper_older_than_all_changes_nothing(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _says(trust, _amy(), "yes", days=-40)
    _undo(office, office.brings_in(_file(_with(LEE, "No"))))
    _says(trust, _amy(), "no", days=-60)
    assert _may(_amy())


# ── pupils, families, hints, questions, holds ────────────────────────────────────────────────────
def test_a_pupil_the_file_added_leaves_the_roll(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "Yes")))
    _undo(office, office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "Yes"))))
    assert list(Child.objects.on_roll()) == [_amy()]


def test_a_pupil_somebody_has_used_since_stays_and_is_named(
    trust: Trusty, office: Office, signed_in: Callable[[User], Client]
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "Yes")))
    trust.draft(children=[_amy()])
    page = _looked_at(office, source, signed_in(office.by))
    assert "<strong>1 pupil stays</strong>" in page
    _undo(office, source)
    assert list(Child.objects.on_roll()) == [_amy()]
    assert not _may(_amy())


@pytest.mark.parametrize("since", ["answer", "question", "parent"])
def test_every_use_of_a_pupil_counts(trust: Trusty, office: Office, since: str) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    if since == "answer":
        _says(trust, _amy(), "no")
    elif since == "question":
        Ask.objects.create(
            child=_amy(),
            platform=trust.platform("x"),
            kind="photo",
            school=trust.oak,
            asked_by=trust.tessa,
        )
    else:
        trust.parent(_amy(), "Father")
    assert undoing.plan(source).staying == [_amy().pk]


def test_facts_become_what_they_were(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    changed = _with(LEE, "", Surname="Khan", Reg="9Z", Adno="0099", DOB="06/06/2015")
    source = office.brings_in(_file(changed))
    _undo(office, source)
    amy = _amy()
    assert (amy.surname, amy.form, amy.born_on) == ("Lee", "7A", date(2015, 6, 5))
    assert Child.objects.matching("amy lee 7a").get() == amy


def test_a_leaver_of_the_wrong_file_is_back_as_before(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "Yes")))
    source = office.brings_in(_file(_with(LEE, "", "Left"), more=("Facebook", "Status")))
    assert not _may(_amy())
    _undo(office, source)
    assert (_amy().left_on, _amy().returned_on) == (None, None)
    assert _may(_amy())


def test_who_came_back_by_mistake_has_left_again(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "Yes")))
    Child.objects.update(left_on=date(2026, 7, 20))
    _undo(office, office.brings_in(_file(_with(LEE, "Yes"))))
    assert (_amy().left_on, _amy().returned_on) == (date(2026, 7, 20), None)


def test_who_may_decide_becomes_what_it_was(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "Yes")))
    source = office.brings_in(_file(_with(LEE, "Yes", PR="N")))
    assert not _may(_amy())
    _undo(office, source)
    assert _may(_amy())


def test_a_parent_the_file_added_decides_nothing_any_more(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    _undo(office, office.brings_in(_file(_with(LEE, "", Contact="Stranger Danger"))))
    jo, stranger = Guardianship.objects.order_by("pk")
    assert (jo.is_entitled(), stranger.is_entitled()) == (True, False)
    assert not stranger.was_responsible


def test_what_a_person_changed_since_is_left_alone(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    source = office.brings_in(_file(_with(LEE, "", PR="N", Reg="9Z")))
    Child.objects.update(form="8C")
    Guardianship.objects.update(relationship="Aunt", changed_at=timezone.now())
    _undo(office, source)
    assert _amy().form == "8C"
    assert not Guardianship.objects.get().has_responsibility


def test_hints_become_what_they_were(office: Office) -> None:
    more = ("Photographs", "Video")
    office.brings_in(_file(_with(LEE, "Yes", ""), more=more))
    _undo(office, office.brings_in(_file(_with(LEE, "group only", "Yes"), more=more)))
    assert Hint.objects.get().said == "Photographs: Yes"


def test_a_question_only_this_file_answered_is_open_again(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    ask = Ask.objects.create(
        child=_amy(),
        platform=trust.platform("facebook"),
        kind="photo",
        school=trust.oak,
        asked_by=trust.tessa,
    )
    source = office.brings_in(_file(_with(LEE, "Yes")))
    ask.refresh_from_db()
    assert ask.closed_at is not None
    _undo(office, source)
    ask.refresh_from_db()
    assert ask.closed_at is None


@pytest.mark.parametrize(("whose", "closed"), [("parents", True), ("both", False)])
def test_a_files_yes_answers_a_question_only_where_it_permits(
    trust: Trusty, office: Office, whose: str, closed: bool
) -> None:
    office.brings_in(_file(_with(LEE, "")))
    Child.objects.update(decides=whose)
    ask = Ask.objects.create(
        child=_amy(),
        platform=trust.platform("facebook"),
        kind="photo",
        school=trust.oak,
        asked_by=trust.tessa,
    )
    # The mother is new with this file: who may decide counts before the question is looked at.
    office.brings_in(_file(_with(LEE, "Yes", Contact="Mo Lee")))
    assert Ask.objects.filter(pk=ask.pk, closed_at__isnull=False).exists() is closed


def test_a_hold_stays(office: Office) -> None:
    _undo(office, office.brings_in(_file(_with(LEE, "", "Y"), more=("Facebook", "LAC"))))
    assert Hold.objects.get().lifted_at is None


# ── when, by whom, and how surely ────────────────────────────────────────────────────────────────
def test_only_the_last_file_of_a_school_is_undone(office: Office) -> None:
    first = office.brings_in(_file(_with(LEE, "No")))
    second = office.brings_in(_file(_with(LEE, "No")))
    assert "Undo that one first" in undoing.why_not(first)
    with pytest.raises(NotAllowed, match="Undo that one first"):
        actions.undo(source=first, seen="", by=office.by)
    _undo(office, second)
    assert undoing.why_not(first) == ""


def _asked_to_undo(office: Office, source: Import) -> None:
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=office.by)


def test_a_file_is_not_undone_while_a_later_one_is_going_in(office: Office) -> None:
    """Both say no: undoing the first would take away what the second found said already."""
    first = office.brings_in(_file(_with(LEE, "No")))
    second = office.sends(_file(_with(LEE, "No")))
    actions.confirm(source=second, accepted=[], by=office.by)
    assert "Another file is going in" in undoing.why_not(first)
    with pytest.raises(NotAllowed, match="Another file is going in"):
        _asked_to_undo(office, first)
    office.works(second)
    assert _stands(_amy()) is Standing.NO


def test_the_page_names_the_file_to_undo_first_and_leads_to_it(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    first = office.brings_in(_file(_with(LEE, "No")))
    second = office.confirms(office.sends(_file(_with(LEE, "Yes")), name="autumn.csv"))
    page = signed_in(office.by).get(f"/children/imports/{first.pk}/undo/").content.decode()
    assert f'<a href="/children/imports/{second.pk}/">autumn.csv</a>, brought in today' in page


def test_a_file_that_is_too_old_to_undo_names_no_other(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    first = office.brings_in(_file(_with(LEE, "No")))
    office.brings_in(_file(_with(LEE, "Yes")))
    Import.objects.filter(pk=first.pk).update(finished_at=timezone.now() - timedelta(days=40))
    page = signed_in(office.by).get(f"/children/imports/{first.pk}/undo/").content.decode()
    assert "A file can be undone for 29 days" in page
    assert "It is <a" not in page


def test_a_file_written_since_undoing_was_asked_for_is_not_undone_under(office: Office) -> None:
    second = office.sends(_file(_with(LEE, "No")))
    first = office.brings_in(_file(_with(LEE, "No")))
    actions.set_reading(source=second, columns={}, options={}, by=office.by)
    second = office.works(second)
    _asked_to_undo(office, first)
    actions.confirm(source=second, accepted=[], by=office.by)
    assert office.works(second).state == Import.State.DONE
    first.refresh_from_db()
    assert (first.state, first.problem) == (Import.State.DONE, following.FOLLOWED)
    assert _stands(_amy()) is Standing.NO


def test_the_right_file_may_wait_for_the_wrong_one_to_be_undone(office: Office) -> None:
    first = office.brings_in(_file(_with(LEE, "No")))
    right = office.sends(_file(_with(LEE, "Yes")))
    _asked_to_undo(office, first)
    actions.confirm(source=right, accepted=[], by=office.by)
    assert office.works(first).state == Import.State.UNDONE
    right.refresh_from_db()
    assert (right.state, right.problem) == (Import.State.READY, running.CHANGED)


def test_a_file_is_undone_once(office: Office) -> None:
    source = _undo(office, office.brings_in(_file(_with(LEE, "Yes"))))
    with pytest.raises(NotAllowed):
        actions.undo(source=source, seen="", by=office.by)


def test_after_thirty_days_the_names_are_gone_and_the_way_back_with_them(office: Office) -> None:
    office.brings_in(_file(_with(LEE, "")))
    source = office.brings_in(_file(_with(LEE, "", Surname="Khan")))
    assert "Lee" in str(ImportTrace.objects.get(source=source).before)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        run_imports()
        assert ImportTrace.objects.get(source=source).before is None
        assert undoing.why_not(source)


@pytest.mark.parametrize("who", ["hana", "dot", "tessa", "owen"])
def test_only_who_brings_in_files_undoes_them(
    trust: Trusty, office: Office, signed_in: Callable[[User], Client], who: str
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    with pytest.raises(NotAllowed):
        actions.undo(source=source, seen="", by=getattr(trust, who))
    path = f"/children/imports/{source.pk}/undo/"
    assert signed_in(getattr(trust, who)).get(path).status_code == 404


def test_what_changed_since_a_person_looked_is_not_undone(trust: Trusty, office: Office) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "Yes")))
    seen = undoing.plan(source).counts["digest"]
    _says(trust, _amy(), "no")
    actions.undo(source=source, seen=seen, by=office.by)
    source = office.works(source)
    assert (source.state, source.problem) == (Import.State.DONE, running.CHANGED_UNDO)
    assert not ConsentDecision.objects.filter(undoes_id__isnull=False).exists()


@pytest.mark.parametrize("step", ["_write_pupils", "_write_hints", "_write_deciders", "_open_asks"])
def test_a_crash_in_the_middle_undoes_nothing_and_the_next_worker_all(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=office.by)
    with monkeypatch.context() as broken:

        def crash(*_: Any) -> None:
            raise MemoryError

        broken.setattr(undo_writing, step, crash)
        run_imports()
    assert not ConsentDecision.objects.filter(answer=Answer.UNDONE).exists()
    assert Child.objects.on_roll().exists()
    assert office.works(source).state == Import.State.UNDONE
    assert ConsentDecision.objects.filter(answer=Answer.UNDONE).count() == 1


def test_what_always_fails_leaves_the_file_brought_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise MemoryError

    source = office.brings_in(_file(_with(LEE, "Yes")))
    monkeypatch.setattr(undo_writing, "_write_hints", crash)
    source = _undo(office, source)
    assert (source.state, source.problem) == (Import.State.DONE, running.NOT_UNDONE)
    assert _may(_amy())


def test_an_answer_given_while_it_is_undone_is_not_overtaken(
    trust: Trusty, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "Yes")))
    real, looked = undoing.plan, []

    def interrupted(mine: Import) -> undoing.Undo:
        found = real(mine)
        looked.append(mine)
        if len(looked) == 2:  # first for the page, then by the worker
            _says(trust, _amy(), "no")
        return found

    monkeypatch.setattr(undoing, "plan", interrupted)
    source = _undo(office, source)
    assert (source.state, source.problem) == (Import.State.DONE, running.CHANGED_UNDO)
    assert _stands(_amy()) is Standing.NO


def test_what_is_taken_back_is_known_from_the_moment_of_writing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planning may take minutes, and what is live is looked at for what was said since."""
    source = office.brings_in(_file(_with(LEE, "Yes")))
    real = undoing.plan
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked = timezone.now()

        def slow(mine: Import) -> undoing.Undo:
            found = real(mine)
            clock.shift(timedelta(minutes=2))
            return found

        monkeypatch.setattr(undoing, "plan", slow)
        source = _undo(office, source)
        assert source.state == Import.State.UNDONE
    [taken_back] = ConsentDecision.objects.filter(undoes_id__isnull=False)
    assert taken_back.recorded_at == source.undone_at == asked + timedelta(minutes=4)
    assert source.undo_asked_at == asked + timedelta(minutes=2)


def _looked_at(office: Office, source: Import, browser: Client) -> str:
    """The undo page, once a worker has looked."""
    path = f"/children/imports/{source.pk}/undo/"
    browser.post(path)
    office.works(source)
    return browser.get(path).content.decode()


def test_the_page_shows_what_it_would_do_and_does_it(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes"), _with(RAY, "No")))
    browser, path = signed_in(office.by), f"/children/imports/{source.pk}/"
    assert "Undo this file" in browser.get(path).content.decode()
    text = _looked_at(office, source, browser)
    for words in ("Yes becomes not asked", "No becomes not asked", "2 pupils leave", "Amy Lee"):
        assert words in text
    seen = Import.objects.get(pk=source.pk).summary["undo_plan"]["digest"]
    assert f'value="{seen}"' in text
    browser.post(f"{path}undo/", {"seen": seen})
    assert office.works(source).state == Import.State.UNDONE
    assert "Connie Price undid it" in browser.get(path).content.decode()


def test_asking_for_the_page_looks_through_nothing(
    office: Office, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a large school takes a worker many seconds, and a page none."""
    source = office.brings_in(_file(_with(LEE, "Yes")))
    browser, path = signed_in(office.by), f"/children/imports/{source.pk}/undo/"
    with monkeypatch.context() as never:
        never.delattr(undoing, "plan")
        assert "Look what it would do" in browser.get(path).content.decode()
        browser.post(path)
        assert "Waiting to be looked through" in browser.get(path).content.decode()


def test_looking_changes_nothing(office: Office, signed_in: Callable[[User], Client]) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    before = list(ConsentDecision.objects.values())
    _looked_at(office, source, signed_in(office.by))
    assert _may(_amy())
    assert list(ConsentDecision.objects.values()) == before
    assert Import.objects.get(pk=source.pk).state == Import.State.DONE


def test_while_it_is_looked_through_it_can_be_neither_stopped_nor_undone(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    source = office.brings_in(_file(_with(LEE, "Yes")))
    actions.look_at_undoing(source=source, by=office.by)
    page = signed_in(office.by).get(f"/children/imports/{source.pk}/").content.decode()
    assert "Stop it, and delete the file" not in page
    for verb in (actions.cancel, actions.look_at_undoing):
        with pytest.raises(NotAllowed):
            verb(source=source, by=office.by)
    with pytest.raises(NotAllowed):
        actions.undo(source=source, seen="", by=office.by)


def test_a_worker_that_died_while_looking_is_followed_by_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise MemoryError

    source = office.brings_in(_file(_with(LEE, "Yes")))
    actions.look_at_undoing(source=source, by=office.by)
    with monkeypatch.context() as broken:
        broken.setattr(undoing, "plan", crash)
        run_imports()
    source = office.works(source)
    assert (source.state, source.summary["undo_plan"]["leaving"]) == (Import.State.DONE, 1)


def test_what_cannot_be_looked_through_stays_brought_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> None:
        raise MemoryError

    source = office.brings_in(_file(_with(LEE, "Yes")))
    actions.look_at_undoing(source=source, by=office.by)
    monkeypatch.setattr(undoing, "plan", crash)
    source = office.works(source)
    assert (source.state, source.problem) == (Import.State.DONE, running.NOT_LOOKED)


def test_what_somebody_looked_at_is_looked_at_anew_once_it_has_changed(
    trust: Trusty, office: Office, signed_in: Callable[[User], Client]
) -> None:
    source, browser = office.brings_in(_file(_with(LEE, "Yes"))), signed_in(office.by)
    _looked_at(office, source, browser)
    seen = Import.objects.get(pk=source.pk).summary["undo_plan"]["digest"]
    _says(trust, _amy(), "no")
    browser.post(f"/children/imports/{source.pk}/undo/", {"seen": seen})
    assert office.works(source).problem == running.CHANGED_UNDO
    page = browser.get(f"/children/imports/{source.pk}/undo/").content.decode()
    assert running.CHANGED_UNDO in page
    assert "Look what it would do" in page


def test_history_says_who_undid_it_and_what_without_a_name(office: Office) -> None:
    source = _undo(office, office.brings_in(_file(_with(LEE, "Yes"))))
    events = Event.objects.filter(subject_type="consents.import", subject_id=source.pk)
    last = events.order_by("pk").last()
    assert last is not None
    assert (last.verb, last.actor_id) == ("import.undone", office.by.pk)
    assert last.facts["answers"] == {"yes → undone": 1}
    assert "Amy" not in str(last.facts)
    assert events.filter(verb="import.undo_asked").count() == 1
