"""What is known of a school before its file is compared, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from consents.imports import moves, tracing
from consents.imports.answers import NOBODY, OWN, Entry
from consents.imports.records import Place
from consents.models import Child, ConsentDecision, Guardianship, Hint, Way
from consents.models.people import folded
from consents.turns import History, history
from policy.models import Platform
from schools.models import School

Asked = tuple[int, int, str]  # child, platform, kind


@dataclass
class Known:
    """Children, families and hints of one school, and the platforms there are."""

    school: School
    platforms: dict[str, Platform]
    history: History
    children: dict[int, Child] = field(default_factory=dict)
    by_upn: dict[str, Child] = field(default_factory=dict)
    by_mis_id: dict[str, Child] = field(default_factory=dict)
    by_plain_id: dict[str, Child] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Child]] = field(default_factory=dict)
    never_here: frozenset[int] = frozenset()
    elsewhere: dict[str, moves.Likeness] = field(default_factory=dict)
    guardians: dict[int, list[Guardianship]] = field(default_factory=dict)
    hints: dict[tuple[int, str], tuple[str, date | None]] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """Keys of the platforms parents are asked about."""
        return [key for key, p in self.platforms.items() if p.is_asked]

    @property
    def on_roll(self) -> int:
        """How many children have not left."""
        return sum(not child.has_left() for child in self.children.values())


def platform_names() -> dict[str, str]:
    """Key → name of every platform a file can bring answers for. Not those the trust added itself:
    a file notes no version, and a yes for them needs the one that asked (R-011)."""
    return dict(_in_files().values_list("key", "name"))


def _in_files() -> QuerySet[Platform]:
    return Platform.objects.filter(is_retired=False, added_at=None)


def place(school: School) -> Place:
    """How a row may name this school, and the other schools of the trust."""
    others = School.objects.exclude(pk=school.pk)
    names = {folded(n): s.short_name for s in others for n in (s.name, s.short_name)}
    own = frozenset(folded(n) for n in (school.name, school.short_name, school.slug))
    digits = "".join(c for c in school.dfe_number if c.isdigit())
    return Place(own, digits, {key: name for key, name in names.items() if key not in own})


def know(school: School) -> Known:
    """Read all that a file of this school is compared with, the answers aside."""
    before = history(school.pk)  # first: what comes later must not count as read
    platforms = _in_files()
    known = Known(school, {p.key: p for p in platforms}, before)
    known.never_here = tracing.never_here(school)
    for child in Child.objects.filter(school=school):
        _add(known, child)
    known.elsewhere = moves.elsewhere(school)
    families = Guardianship.objects.filter(child__school=school).select_related("parent")
    for guardianship in families.order_by("child_id", "priority", "pk"):
        guardianship.child = known.children[guardianship.child_id]
        known.guardians.setdefault(guardianship.child_id, []).append(guardianship)
    for child_id, topic, said, on in Hint.objects.filter(child__school=school).values_list(
        "child_id", "topic", "said", "said_on"
    ):
        known.hints[child_id, topic] = (said, on)
    return known


def _add(known: Known, child: Child) -> None:
    known.children[child.pk] = child
    if child.upn:
        known.by_upn[child.upn] = child
    if child.mis_id:
        known.by_mis_id[child.mis_id] = child
        known.by_plain_id[child.mis_id.lstrip("0")] = child
    if child.pk in known.never_here and child.has_left():
        return  # brought by mistake: nobody to be taken for
    surname = folded(child.surname)
    for first in {folded(child.first_name), folded(child.preferred_first_name)} - {""}:
        known.by_name.setdefault((first, surname), []).append(child)


def ledger(children: Collection[int]) -> dict[Asked, list[Entry]]:
    """Every answer ever given about these children, in the order in which they were given."""
    rows: Iterator[tuple] = (
        ConsentDecision.objects.filter(child__in=children)
        .order_by("given_at", "pk")
        .values_list(
            "child_id",
            "platform_id",
            "kind",
            "pk",
            "giver_id",
            "given_by_child",
            "answer",
            "given_at",
            "until",
            "way",
            "source_import_id",
        )
        .iterator(chunk_size=5_000)
    )
    entries: dict[Asked, list[Entry]] = defaultdict(list)
    for child, platform, kind, pk, giver, own, answer, given_at, until, way, source in rows:
        whose = OWN if own else giver or NOBODY
        # What stands again after a file was undone has the way it was first said by.
        imported = way == Way.IMPORT or source is not None
        entries[child, platform, kind].append(Entry(pk, whose, answer, given_at, until, imported))
    return entries


def today() -> date:
    """The day in the schools' own zone."""
    return timezone.localdate()
