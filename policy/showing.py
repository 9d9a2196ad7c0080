"""The policy as pages show it: document control, rules by clause, what is not done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policy import rules
from policy.models import HistoryRow, PolicyDocument, PolicyVersion, Rule
from policy.terms import Terms
from schools.roles import Role


@dataclass(frozen=True)
class Section:
    """Rules of one section of the document, in its order."""

    name: str
    rules: list[Rule]


@dataclass(frozen=True)
class Shown:
    """Everything the page of a version says. Four queries. `document`: the one that everybody may
    read, if its owner says so; `pages`: the pages of versions by their number."""

    version: PolicyVersion
    owner: str
    terms: Terms
    sections: list[Section]
    floor: list[Rule]
    outside: list[Rule]
    history: list[HistoryRow]
    overdue: int
    document: PolicyDocument | None
    pages: dict[str, int]

    @classmethod
    def of(cls, version: PolicyVersion, today: date) -> Shown:
        """A version as it stands today."""
        every = [rule for rule in version.rules.all() if rule.on]
        return cls(
            version=version,
            owner=Role(version.owner_role).label,
            terms=Terms.read(version.terms),
            sections=_sections([r for r in every if r.source == Rule.Source.CLAUSE]),
            floor=[rule for rule in every if rule.source == Rule.Source.FLOOR],
            outside=[rule for rule in every if "outside" in rule.shown],
            history=list(HistoryRow.objects.filter(policy=version.key)),
            overdue=rules.overdue(version, today) if version.in_force else 0,
            document=_open_document(version),
            pages=_pages(version.key),
        )

    @property
    def rows(self) -> list[tuple[HistoryRow, int | None]]:
        """The document's own history, each with the page of that version where it was kept."""
        return [(row, self.pages.get(row.number)) for row in self.history]


def _open_document(version: PolicyVersion) -> PolicyDocument | None:
    found = version.documents.filter(removed_at=None, is_public=True).first()
    if found is not None:
        found.version = version
    return found if found is not None and found.is_open else None


def _pages(policy: str) -> dict[str, int]:
    counted = PolicyVersion.objects.filter(key=policy, in_force_since__isnull=False)
    return dict(counted.values_list("number", "pk"))


def _sections(found: list[Rule]) -> list[Section]:
    sections: dict[str, list[Rule]] = {}
    for rule in found:
        name = rule.reference.split(",")[0].split(":")[0]
        name = "Protocol" if name.startswith("Protocol") else name
        sections.setdefault(name, []).append(rule)
    return [Section(name, rules) for name, rules in sections.items()]
