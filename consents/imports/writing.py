"""Writes a plan, inside the caller's transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, cast

from django.db import models
from django.utils import timezone

from audit.actions import record
from consents import holding, turns
from consents.asking import close_answered
from consents.endings import first_version, last_day
from consents.imports import afterwards, moves, tables, tracing
from consents.imports.answers import NOBODY, OWN
from consents.imports.families import FIRST_NEW
from consents.imports.plan import Plan
from consents.models import (
    Answer,
    Ask,
    Child,
    ConsentDecision,
    Guardianship,
    Hint,
    Hold,
    Import,
    Parent,
    Way,
)
from consents.wording import Document, Rule

CHUNK = 1_000
_CHILD = [
    "first_name",
    "surname",
    "preferred_first_name",
    "preferred_surname",
    "nicknames",
    "born_on",
    "upn",
    "mis_id",
    "year",
    "form",
    "joined_on",
    "left_on",
    "returned_on",
    "said_in_care",
    "search_key",
]
_PARENT = ["title", "email", "phone"]
_GUARDIANSHIP = [
    "relationship",
    "has_responsibility",
    "was_responsible",
    "court_order",
    "priority",
    "changed_at",
]
_DECISION = [
    "child_id",
    "platform_id",
    "kind",
    "giver_id",
    "given_by_child",
    "answer",
    "given_at",
    "until",
    "evidence",
    "way",
    "recorded_at",
    "recorded_by_id",
    "source_import_id",
]
# What a file never says and the table still wants; a new field of the ledger needs no change here.
_UNSAID = [
    f
    for f in ConsentDecision._meta.concrete_fields
    if f.column not in _DECISION and not f.null and not f.primary_key
]


class Overtaken(Exception):
    """The record has gone on since the plan was made: plan again."""


def write(plan: Plan, source: Import) -> None:
    """Children, families, answers, hints and holds, in this order, as the keys need it.

    Raises `Overtaken` if anything was said or changed since the plan was made.
    """
    before = tracing.Before()
    ids = _children(plan, before)
    parents = _parents(plan, before)
    _decisions(plan, source, ids, parents)
    before.keep_hints([(ids.get(child, child), topic) for child, topic, _, _ in plan.hints])
    _hints(plan, source, ids)
    _holds(plan, source, ids)
    moves.carry_holds(source)
    # From here on nobody else writes for this school, and what follows is short.
    turns.alone(source.school_id)
    then = plan.history
    if turns.history(source.school_id) != then._replace(
        decisions=then.decisions + len(plan.decisions)
    ):
        raise Overtaken
    linked = _deciders(plan, ids, parents, before)
    before.asks = _close_asks(plan, source)  # last: who may decide says what a yes permits
    before.save(source, children=ids.values(), guardianships=linked, present=plan.present)


def _children(plan: Plan, before: tracing.Before) -> dict[int, int]:
    """Temporary id → the real one."""
    _keep_nicknames(plan)
    before.keep(list(plan.changed_children.values()), [n for n in _CHILD if n != "search_key"])
    ids = _insert(Child, plan.new_children)
    for child in plan.changed_children.values():
        child.search_key = child.make_search_key()
    _update(Child, list(plan.changed_children.values()), _CHILD)
    return ids


def _keep_nicknames(plan: Plan) -> None:
    """What the office wrote since the file was compared, where the file says nothing of it. Locked,
    so that whoever writes them now comes after us."""
    left = sorted(plan.changed_children.keys() - plan.nicknamed)
    for start in range(0, len(left), CHUNK):
        now = Child.objects.select_for_update().filter(pk__in=left[start : start + CHUNK])
        for pk, nicknames in now.order_by("pk").values_list("pk", "nicknames"):
            plan.changed_children[pk].nicknames = nicknames


def _parents(plan: Plan, before: tracing.Before) -> dict[int, int]:
    before.keep(list(plan.people.changed_parents.values()), _PARENT)
    parents = _insert(Parent, plan.people.parents)
    _update(Parent, list(plan.people.changed_parents.values()), _PARENT)
    return parents


def _deciders(
    plan: Plan, children: dict[int, int], parents: dict[int, int], before: tracing.Before
) -> list[int]:
    """Who may decide; the ids of those who are new to it."""
    people, now = plan.people, timezone.now()
    linked: dict[int, Guardianship] = {}
    for place, (child, parent, guardianship) in enumerate(people.guardianships):
        guardianship.child_id = children.get(child, child)
        guardianship.parent_id = parents.get(parent, parent)
        guardianship.changed_at = now
        linked[place] = guardianship
    for pk in people.deciding:
        people.changed_guardianships[pk].changed_at = now
    changed = list(people.changed_guardianships.values())
    before.keep(changed, [n for n in _GUARDIANSHIP if n != "changed_at"])
    made = _insert(Guardianship, linked)
    _update(Guardianship, changed, _GUARDIANSHIP)
    return list(made.values())


def _insert(model: type[models.Model], found: dict[int, Any]) -> dict[int, int]:
    """Insert objects under fresh keys; the key each got in place of its own."""
    ids = dict(zip(found, tables.reserve_ids(model, len(found)), strict=True))
    for temporary, item in found.items():
        item.pk = ids[temporary]
        if isinstance(item, Child):
            item.search_key = item.make_search_key()
    tables.insert_objects(model, list(found.values()))
    return ids


def _update(model: type[models.Model], found: list[Any], names: list[str]) -> None:
    """Many changed objects in few statements; their keys exist, so nothing is inserted."""
    manager = cast(Any, model)._default_manager
    manager.bulk_create(
        found,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=names,
    )


def _decisions(
    plan: Plan, source: Import, children: dict[int, int], parents: dict[int, int]
) -> None:
    now = timezone.now()
    unsaid = [f.get_default() for f in _UNSAID]
    ends = _ends(plan, children)

    def rows() -> Iterator[tuple[Any, ...]]:
        for child, platform, kind, giver, answer, given_at, evidence in plan.decisions:
            yield (
                children.get(child, child),
                platform,
                str(kind),
                _giver(giver, parents),
                giver == OWN,
                str(answer),
                given_at,
                ends(children.get(child, child), answer, given_at),
                evidence,
                str(Way.IMPORT),
                now,
                source.confirmed_by_id,
                source.pk,
                *unsaid,
            )

    columns = [*_DECISION, *(str(f.column) for f in _UNSAID)]
    tables.insert(ConsentDecision, columns, rows())


def _ends(plan: Plan, children: dict[int, int]) -> Callable[[int, str, datetime], date | None]:
    """A file notes no version: its yes lasts as long as the first one says (`endings`)."""
    first = first_version()
    document = Document.read(first.content if first else {})
    ends = document.ends.rule != Rule.LEAVING
    yes = {children.get(d[0], d[0]) for d in plan.decisions if ends and d[4] == Answer.YES}
    pupils = Child.objects.in_bulk(yes)

    def end(child: int, answer: str, given_at: datetime) -> date | None:
        if not ends or answer != Answer.YES:
            return None
        return last_day(document, pupils[child], timezone.localdate(given_at))

    return end


def _giver(giver: int, parents: dict[int, int]) -> int | None:
    if giver in {NOBODY, OWN}:
        return None
    return parents[giver] if giver <= FIRST_NEW else giver


def _hints(plan: Plan, source: Import, children: dict[int, int]) -> None:
    Hint.objects.bulk_create(
        [
            Hint(
                child_id=children.get(child, child),
                topic=topic,
                said=said,
                said_on=said_on,
                source=source,
            )
            for child, topic, said, said_on in plan.hints
        ],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["child", "topic"],
        update_fields=["said", "said_on", "source"],
    )


def _holds(plan: Plan, source: Import, children: dict[int, int]) -> None:
    """A hold set at the same time by the safeguarding lead stays as it is."""
    wanted = {children.get(child, child) for child in plan.holds}
    standing = Hold.objects.filter(child__in=wanted, kind=Hold.Kind.CARE, lifted_at=None)
    new = wanted - set(standing.values_list("child_id", flat=True))
    made = []
    for child in Child.objects.filter(pk__in=new).order_by("pk"):
        hold = Hold.objects.create(child=child, kind=Hold.Kind.CARE)
        made.append(hold)
        record(
            "hold.set",
            hold,
            by=source.confirmed_by,
            school_id=source.school_id,
            source_import=source.pk,
        )
    if made:
        afterwards.tell_leads(source)
        holding.carry_everywhere(holding.of(made))


def _close_asks(plan: Plan, source: Import) -> list[int]:
    """Staff waited for an answer, and the file brought one; the ids of these questions."""
    said = {(d[0], d[1], str(d[2])): str(d[4]) for d in plan.decisions}
    no = {Answer.NO.value, Answer.WITHDRAWN.value}
    said |= {(d[0], d[1], str(d[2])): str(d[4]) for d in plan.decisions if str(d[4]) in no}
    waiting = Ask.objects.open().filter(school=source.school_id, for_lead=False)
    about = set(waiting.values_list("child_id", flat=True))
    return close_answered(
        {asked: answer for asked, answer in said.items() if asked[0] in about},
        by=source.confirmed_by,
    )
