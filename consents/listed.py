"""A list of pupils that the office's pages lead to, as its address names it: the pupils on it, and
its words. Whoever asks the parents of a list asks those of the pupils on it and of nobody else.

A list is worked out anew each time, so that whoever has settled something meanwhile is off it.
Nothing here knows of holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from consents.agreements import in_force
from consents.coverage import OPEN, Scope, Tally, pupils_of_any_kind
from consents.endings import asked_again_before
from consents.imports import hints
from consents.models import Kind
from consents.purposes import in_question
from policy.models import Platform
from schools.models import School

EVERY_KIND = "every"  # as a list's address says it
GENERAL = "general"  # what a file said in general (`imports.hints`)
LISTS: dict[str, tuple[tuple[Tally, ...], str]] = {
    "missing": (OPEN, "No answer that counts yet"),
    Tally.NOT_ASKED.value: ((Tally.NOT_ASKED,), "No answer at all"),
    Tally.CONFLICT.value: ((Tally.CONFLICT,), "The family gave different answers"),
    Tally.UNCLEAR.value: ((Tally.UNCLEAR,), "An answer is unclear"),
    Tally.SOME.value: ((Tally.SOME,), "A yes for some purposes only"),
    Tally.ENDED.value: ((Tally.ENDED,), "A yes has ended"),
    Tally.ENDING.value: ((Tally.ENDING,), "A yes ends soon"),
    Tally.UNCOUNTED.value: ((Tally.UNCOUNTED,), "A yes that does not count yet"),
    "all": (tuple(Tally), "Everybody"),
    GENERAL: ((), "The school’s system says something in general"),
}
# In the address of whoever asks the parents of a list; a class and a year of its own it may choose.
NAMES = ("list", "kind", "platform", "purpose", "in_class", "in_year")


@dataclass(frozen=True)
class Listed:
    """One list. `form` and `year` narrow it where they are not `None`; an empty form is no class.
    `purpose`: a key of the policy, or all in question."""

    name: str
    kinds: tuple[str, ...]
    platforms: Sequence[Platform]
    is_about_one: bool = False
    form: str | None = None
    year: str | None = None
    purpose: str = ""

    def pupils(self, schools: Collection[School]) -> list[int]:
        """Ids of the pupils of these schools who are on it, by name."""
        if self.name == GENERAL:
            found = [hints.to_ask(school, self.form or "", self.year) for school in schools]
            return [line.child.pk for lines in found for line in lines]
        scope = Scope(
            [school.pk for school in schools],
            [platform.pk for platform in self.platforms],
            form=self.form,
            year=self.year,
            soon=asked_again_before(in_force()),
            purposes=(self.purpose,) if self.purpose else in_question(),
        )
        return pupils_of_any_kind(scope, LISTS[self.name][0], self.kinds)

    @property
    def about(self) -> str:
        """The kind, in a word."""
        return str(Kind(self.kinds[0]).label) if len(self.kinds) == 1 else "Any kind"

    @property
    def words(self) -> str:
        """ "No answer at all: photo on Facebook, 4B"."""
        said = LISTS[self.name][1]
        if self.name != GENERAL:
            said += f": {self.about.lower()}"
            said += f" on {self.platforms[0].name}" if self.is_about_one else ""
        narrower = self.form or (f"year {self.year}" if self.year else "")
        return ", ".join(filter(None, [said, narrower]))

    def address(self) -> dict[str, str]:
        """What names it, as `read` takes it."""
        named = {"list": self.name, "kind": self._kind(), "purpose": self.purpose}
        named |= {"platform": str(self.platforms[0].pk)} if self.is_about_one else {}
        # A list of those without a class is no list of all: here an empty word says something.
        within = {"in_class": self.form, "in_year": self.year}
        kept = {name: value for name, value in named.items() if value}
        return kept | {name: value for name, value in within.items() if value is not None}

    def _kind(self) -> str:
        return self.kinds[0] if len(self.kinds) == 1 else EVERY_KIND


def read(
    named: Mapping[str, str], *, form: str | None = None, year: str | None = None
) -> Listed | None:
    """The list an address names, or none where there is no such list."""
    platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
    wanted, name = named.get("platform", ""), named.get("list", "")
    chosen = [p for p in platforms if str(p.pk) == wanted] if wanted else platforms
    if name not in LISTS or not chosen:
        return None
    kind, purpose = named.get("kind", Kind.PHOTO.value), named.get("purpose", "")
    kinds = tuple(Kind.values) if kind == EVERY_KIND else (kind,)
    if not set(kinds) <= set(Kind.values):
        kinds = (Kind.PHOTO.value,)
    purpose = purpose if purpose in in_question() else ""
    return Listed(name, kinds, chosen, bool(wanted), form, year, purpose)
