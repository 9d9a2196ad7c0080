"""Which purposes of a post an answer is for: those its version asked for (R-145)."""

from __future__ import annotations

from collections.abc import Collection

from consents.models import Agreement
from policy.models import Purpose


def narrower_versions() -> list[int | None]:
    """Versions that do not ask for every purpose some version asked for. `None`: answers that note
    no version, which are for what the first one asked (R-069, R-149). One query."""
    rows = Agreement.objects.exclude(content={}).values_list("pk", "content__purposes")
    asked = {pk: set(purposes) for pk, purposes in rows.order_by("number")}
    every = set().union(*asked.values())
    narrow: list[int | None] = [pk for pk, purposes in asked.items() if purposes < every]
    return [*narrow, None] if narrow[:1] == list(asked)[:1] != [] else narrow


def in_question() -> tuple[str, ...]:
    """The purposes a post can have (their keys, in the policy's order), where some version asks for
    fewer; nothing where every version asks for all of them, so that a yes is a yes. Two queries."""
    every = tuple(Purpose.objects.filter(version__in_force=True).values_list("key", flat=True))
    return every if any(set(every) - asked for asked in _asked()) else ()


def as_asked(purpose: str) -> str:
    """The purpose that a question to parents is about: itself where some version asks for fewer;
    empty where any yes covers it, for then nobody is asked twice. One query."""
    return purpose if purpose and any(purpose not in asked for asked in _asked()) else ""


def names(keys: Collection[str]) -> dict[str, str]:
    """Key → what the policy in force calls it."""
    here = Purpose.objects.filter(version__in_force=True, key__in=keys)
    return dict(here.values_list("key", "name"))


def _asked() -> list[set[str]]:
    rows = Agreement.objects.exclude(content={}).values_list("content__purposes", flat=True)
    return [set(purposes) for purposes in rows]
