"""The dry run: every row's outcome and everything that would be written. Reads, never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consents.imports import answers, mailboxes, moves, unread
from consents.imports.answers import Entry, New, Waits
from consents.imports.families import FIRST_NEW, Family, People
from consents.imports.known import Asked, Known, ledger
from consents.imports.matching import Match, Matcher, refuse_doubles
from consents.imports.records import Row
from consents.imports.telling import counted_in_words, settle, waiting_in_words
from consents.imports.values import lost_noughts
from consents.imports.voices import saying, source_of
from consents.models import Answer, Child, ImportRow
from consents.models.people import folded
from consents.turns import History

Outcome = ImportRow.Outcome
CHUNK = 1_000
_FACTS = (
    "first_name",
    "surname",
    "preferred_first_name",
    "preferred_surname",
    "nicknames",
    "born_on",
    "year",
    "form",
    "joined_on",
    "left_on",
)
_WORDS = {
    "first_name": "First name",
    "surname": "Surname",
    "preferred_first_name": "Preferred first name",
    "preferred_surname": "Preferred surname",
    "nicknames": "Nicknames",
    "born_on": "Date of birth",
    "year": "Year group",
    "form": "Class",
    "joined_on": "Date of joining",
    "left_on": "Date of leaving",
    "upn": "UPN",
    "mis_id": "School’s own number",
}

# child, platform, kind, giver, answer, given at, evidence; ids at or below FIRST_NEW are new.
Decision = tuple[int, int, str, int, str, datetime, str]


@dataclass
class Result:
    """What one row becomes."""

    row: Row
    outcome: str
    child: Child | None = None
    remarks: list[str] = field(default_factory=list)
    candidates: Sequence[int] = ()


@dataclass
class Plan:
    """Everything one file would write, in memory; `writing` writes it. `history` is how far the
    record had come when it was read. `in_care`: whom the file says so of; `holds`: those of them
    of whom the file before did not. Only the first is ever told. `nicknamed`: whose nicknames the
    file changes; of others what the office wrote meanwhile stays."""

    history: History
    results: list[Result] = field(default_factory=list)
    new_children: dict[int, Child] = field(default_factory=dict)
    changed_children: dict[int, Child] = field(default_factory=dict)
    nicknamed: set[int] = field(default_factory=set)
    people: People = field(default_factory=People)
    decisions: list[Decision] = field(default_factory=list)
    hints: list[tuple[int, str, str, date | None]] = field(default_factory=list)
    in_care: list[int] = field(default_factory=list)
    holds: list[int] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    present: set[int] = field(default_factory=set)


@dataclass
class Planner:
    """Compares the rows of one file with what is known."""

    known: Known
    uploaded_at: datetime
    today: date
    progress: Callable[[int], None]
    join_parents: bool = False

    def plan(self, rows: Sequence[Row], resolutions: Mapping[str, str]) -> Plan:
        """The whole file, in chunks, so that history is never held for all children at once."""
        plan = Plan(
            self.known.history, people=People(join=self.join_parents, shared=self._shared())
        )
        refuse_doubles(rows)
        matcher = Matcher(self.known, rows, resolutions)
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            matches = [(row, None if row.problems else matcher.match(row)) for row in some]
            entries = ledger([m.child.pk for _, m in matches if m and m.child])
            for row, match in matches:
                plan.results.append(self._row(row, match, entries, plan))
            self.progress(start + len(some))
        return plan

    def _shared(self) -> dict[tuple[str, str], int]:
        return {
            (folded(g.parent.full_name), g.parent.email.casefold()): g.parent_id
            for family in self.known.guardians.values()
            for g in family
            if g.parent.email
        }

    def _row(
        self, row: Row, match: Match | None, entries: Mapping[Asked, list[Entry]], plan: Plan
    ) -> Result:
        is_known = match is not None and not match.is_new
        unread.settle(row, is_known=is_known, today=self.today)
        if match is None or row.problems:
            return Result(row, Outcome.PROBLEM, remarks=row.remarks)
        if match.child is not None:
            plan.present.add(match.child.pk)
        if match.question:
            remarks = [f"{match.question}.", *row.remarks]
            return Result(row, Outcome.PERSON, match.child, remarks, match.candidates)
        if match.is_skipped:
            return Result(row, Outcome.UNCHANGED, remarks=["Left out, as you said."])
        if match.child is None:
            return self._new(row, plan)
        return self._known(row, match.child, entries, plan)

    # ── children ─────────────────────────────────────────────────────────────────────────────────
    def _new(self, row: Row, plan: Plan) -> Result:
        left_on = row.facts.get("left_on")
        if row.has_left or (left_on and left_on <= self.today):
            return Result(row, Outcome.UNCHANGED, remarks=["Has left; not added."])
        child = Child(school=self.known.school, upn=row.upn, mis_id=row.mis_id, **row.facts)
        ref = FIRST_NEW - len(plan.new_children)
        plan.new_children[ref] = child
        family = mailboxes.compare(row, ref, (), plan.people, self.today)
        remarks = self._answers(row, child, ref, family, {}, plan)
        moved = [moves.NOT_HERE] if row.upn in self.known.elsewhere else []
        remarks = [
            *moved,
            *remarks,
            *self._care(row, child, ref, plan),
            *unread.ageless(child),
            *row.remarks,
        ]
        return Result(row, Outcome.NEW, None, remarks)

    def _known(
        self, row: Row, child: Child, entries: Mapping[Asked, list[Entry]], plan: Plan
    ) -> Result:
        called = child.nicknames
        changes = self._facts(row, child)
        if changes:
            plan.changed_children[child.pk] = child
        if child.nicknames != called:
            plan.nicknamed.add(child.pk)
        family = mailboxes.compare(
            row, child.pk, self.known.guardians.get(child.pk, ()), plan.people, self.today
        )
        waits: list[str] = [f"{sentence}." for sentence in family.waits]
        said = self._answers(row, child, child.pk, family, entries, plan, waits)
        changes += [f"{sentence}." for sentence in dict.fromkeys(family.changes)] + said
        outcome = Outcome.PERSON if waits else Outcome.CHANGED if changes else Outcome.UNCHANGED
        care = self._care(row, child, child.pk, plan)
        remarks = [*waits, *changes, *care, *unread.ageless(child), *row.remarks]
        return Result(row, outcome, child, remarks)

    def _facts(self, row: Row, child: Child) -> list[str]:
        """Sets what the row says differently; the words never repeat a former name."""
        had_left = child.has_left(self.today)
        wanted = {name: row.facts[name] for name in _FACTS if name in row.facts}
        if row.has_left and child.left_on is None and "left_on" not in wanted:
            wanted["left_on"] = self.today
        if row.upn:
            wanted["upn"] = row.upn
        if row.mis_id and not lost_noughts(row.mis_id, child.mis_id):
            wanted["mis_id"] = row.mis_id
        elif row.mis_id != child.mis_id and row.mis_id:
            row.remark(_WORDS["mis_id"], "it has lost noughts in front; the longer number stays")
        unread.keep_known(row, child, wanted)
        changes = []
        for name, value in wanted.items():
            if getattr(child, name) != value:
                setattr(child, name, value)
                changes.append(f"{_WORDS[name]} changes.")
        said = row.has_left or "left_on" in row.facts or "left_on" in row.unread
        if child.has_left(self.today) and not said:
            child.left_on = None
        if had_left and not child.has_left(self.today):
            if child.pk not in self.known.never_here:
                child.returned_on = self.today
            changes.append("Is back; answers from before do not come back.")
        return changes

    def _care(self, row: Row, child: Child, ref: int, plan: Plan) -> list[str]:
        """In care: nothing is shown until somebody recorded who decides (R-154). It reads the
        same whether a hold is there already or not, and is no change for that reason (R-155).

        What the file before said is remembered: while files go on saying so, a hold that was lifted
        stays lifted; a pupil who comes into care once more is held once more.
        """
        if row.in_care is None:
            return []
        before, child.said_in_care = child.said_in_care, row.in_care
        if before != row.in_care and ref > FIRST_NEW:
            plan.changed_children[ref] = child
        if not row.in_care:
            return []
        plan.in_care.append(ref)
        if not before:
            plan.holds.append(ref)
        return ["In care: the safeguarding lead looks at it first."]

    # ── answers ──────────────────────────────────────────────────────────────────────────────────
    def _answers(
        self,
        row: Row,
        child: Child,
        ref: int,
        family: Family,
        entries: Mapping[Asked, list[Entry]],
        plan: Plan,
        waits: list[str] | None = None,
    ) -> list[str]:
        settle(row, self.known.asked)
        for key, kind in row.unticked - row.answers.keys():
            if answers.was_ticked(entries.get((ref, self.known.platforms[key].pk, kind), ())):
                row.answers[key, kind] = (Answer.NO, "no longer ticked")
        self._hints(row, ref, plan)
        withheld = unread.withheld(row, child)
        counted: Counter[str] = Counter()
        waiting: dict[str, list[str]] = {}
        for (key, kind), (answer, words) in row.answers.items():
            platform = self.known.platforms[key]
            source = source_of(row, (key, kind))
            voice = family.voices.of(source)
            circumstances = saying(voice, source, child, self.uploaded_at)
            before = entries.get((ref, platform.pk, kind), ())
            found = answers.compare(answer, before, circumstances)
            if withheld and isinstance(found, list) and found[0].answer == Answer.YES:
                found = Waits(withheld)
            if isinstance(found, Waits):
                waiting.setdefault(found.why, []).append(platform.name)
                counted["waits"] += 1
            elif found:
                self._append(found, answer, (ref, platform.pk, kind), words, row, plan, counted)
                is_yes = found[0].answer == Answer.YES
                counted["not_entitled"] += is_yes and not voice.is_entitled
        plan.answers.update(+counted)
        if waits is not None:
            waits += waiting_in_words(waiting)
        said = [*counted_in_words(counted)]
        if counted["no_giver"]:
            said.append("Nobody is named who said yes: unclear until somebody is.")
        if counted["not_entitled"]:
            said.append("Whoever said yes may not decide: it is kept and does not count.")
        return said

    def _append(
        self,
        found: Iterable[New],
        answer: str,
        where: tuple[int, int, str],
        words: str,
        row: Row,
        plan: Plan,
        counted: Counter[str],
    ) -> None:
        evidence = f"Row {row.number}: “{words}”"[:300] if words else f"Row {row.number}"
        for giver, said, given_at in found:
            plan.decisions.append((*where, giver, said, given_at, evidence))
        counted[said] += 1
        if answer == Answer.YES and said == Answer.UNCLEAR:
            counted["no_giver"] += 1

    def _hints(self, row: Row, ref: int, plan: Plan) -> None:
        for topic, said in row.hints.items():
            before: Any = self.known.hints.get((ref, topic))
            if before is None or before[0] != said or before[1] != row.said_on:
                plan.hints.append((ref, topic, said, row.said_on))
