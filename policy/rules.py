"""May the next version be written, announced, put into force? Sentences; an empty list means go."""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from policy.models import Formality, HistoryRow, PolicyVersion, Rule
from policy.naming import said_value
from policy.presets.files import WEIGHT
from policy.terms import Terms
from schools.clock import day
from schools.models import User
from schools.roles import Permission, Role

REMIND_BEFORE = (90, 30, 0)  # days before the review: R-004
_RULE_FIELDS = ("key", "source", "reference", "mode", "on", "roles", "title", "text", "shown")


def may_edit(by: User) -> list[str]:
    """The policy is the trust's: whoever edits it does so for every school."""
    if by.may_for_trust(Permission.POLICY_EDIT):
        return []
    return ["You do not look after the trust’s policy."]


def may_write(by: User, version: PolicyVersion) -> list[str]:
    """May this version's text be changed?"""
    found = may_edit(by)
    if not version.is_next:
        found.append("This version is or was in force. Write the next one instead.")
    elif version.announced_at is not None:
        found.append("Staff were told of this version. Take the announcement back first.")
    return found


def may_attach(by: User, version: PolicyVersion) -> list[str]:
    """May the document of this version be attached, replaced or taken off? While it is written; and
    to a version that came with the program, which nobody signed here."""
    if version.is_next:
        return may_write(by, version)
    found = may_edit(by)
    if version.formalities.exists():
        found.append("This version was signed as it is. Its document stays with it.")
    return found


def numbers(key: str) -> set[str]:
    """The numbers that this policy's versions have or had."""
    versions = PolicyVersion.objects.filter(key=key).values_list("number", flat=True)
    return {*versions, *HistoryRow.objects.filter(policy=key).values_list("number", flat=True)}


def number_is_new(version: PolicyVersion) -> list[str]:
    """Is no other version called by this number?"""
    others = PolicyVersion.objects.filter(key=version.key, number=version.number)
    past = HistoryRow.objects.filter(policy=version.key, number=version.number)
    if past.exists() or others.exclude(pk=version.pk).exists():
        return [f"There is a version {version.number} already."]
    return []


def weaker(rule: Rule, changed: Mapping[str, Any], floor: Mapping[str, Any] | None) -> list[str]:
    """Would these fields make a rule ask less than the floor's of the same key?"""
    if floor is None:
        return []
    found = []
    cited = floor["reference"]
    if not changed.get("on", rule.on):
        found.append(f"The floor asks this of every trust ({cited}): “{rule.title}” stays on.")
    if WEIGHT[changed.get("mode", rule.mode)] < WEIGHT[floor["mode"]]:
        said = Rule.Mode(floor["mode"]).label
        found.append(
            f"The floor asks more of every trust: “{rule.title}” {said} ({cited}). Choose that, or "
            "something stricter."
        )
    if gone := [r for r in floor["roles"] if r not in changed.get("roles", rule.roles)]:
        found.append(
            f"The floor names somebody who would be missing from “{rule.title}” ({cited}). Tick "
            f"again: {', '.join(map(said_value, gone))}."
        )
    return found


def digest(version: PolicyVersion) -> str:
    """SHA-256 over all that the version says: a signature holds for exactly this."""
    said = {
        "control": [version.title, version.number, version.dated.isoformat(), version.notes],
        "review": [version.review_months, str(version.next_review)],
        "about": [version.owner_role, version.circulation, version.standing],
        "document": list(version.documents.filter(removed_at=None).values_list("sha256")),
        "terms": _terms(version),
        "words": version.words,
        "rules": list(version.rules.order_by("key").values_list(*_RULE_FIELDS)),
        "purposes": list(version.purposes.values_list("key", "name", "is_update")),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _terms(version: PolicyVersion) -> dict[str, Any]:
    """Versions signed before audiences were asked about name none: their digests stay true."""
    return {k: v for k, v in version.terms.items() if v or k != "audiences"}


def formalities(version: PolicyVersion) -> dict[str, Formality | None]:
    """Each step that this version asks for, and the row that stands for it, if it still holds."""
    now = digest(version)
    held = {row.kind: row for row in version.formalities.filter(digest=now).select_related("by")}
    return {kind: held.get(kind) for kind in Terms.read(version.terms).activation_requires}


def may_sign(by: User, version: PolicyVersion) -> list[str]:
    """Only whom the version names signs it off (R-003)."""
    role = Terms.read(version.terms).signs_off
    held = {r.role for r in by.roles_today() if r.school_id is None}
    found = [] if role in held else [f"The {Role(role).label} signs it off."]
    if not version.is_next:
        found.append("This version is or was in force already.")
    return found


def earliest(version: PolicyVersion, told_on: date) -> date:
    """The first day it can take effect when staff are told that day (R-010)."""
    months = Terms.read(version.terms).change_notice_months
    return max(months_after(told_on, months), told_on)


def may_announce(by: User, version: PolicyVersion, on: date, today: date) -> list[str]:
    """May staff be told that it takes effect that day?"""
    found = may_write(by, version) + missing(version) + number_is_new(version)
    first = earliest(version, today)
    if on < first:
        found.append(f"Staff are told beforehand. The earliest day is {day(first)}.")
    if not version.notes.strip():
        found.append("Write what changes.")
    return found


def is_short(version: PolicyVersion, on: date, today: date) -> str:
    """A warning where the policy names no time and little is left (R-142); empty otherwise."""
    usual = Terms.read(version.terms).suggested_notice_days
    if on >= today + timedelta(days=usual) or on < earliest(version, today):
        return ""
    return f"Usual are {usual} days, so that everybody can read it first."


def missing(version: PolicyVersion) -> list[str]:
    """What it still lacks before it can take effect."""
    said = {
        Formality.Kind.SIGN_OFF: "It is not signed off.",
        Formality.Kind.BOARD_MINUTE: "The Board’s approval is not recorded.",
        Formality.Kind.UNION_CONSULTATION: "The consultation of the trade unions is not recorded.",
    }
    return [said[Formality.Kind(k)] for k, row in formalities(version).items() if row is None]


def overdue(version: PolicyVersion, today: date) -> int:
    """Days since its review was due; 0 when it is not overdue."""
    return max((today - version.next_review).days, 0) if version.next_review else 0


def months_after(start: date, months: int) -> date:
    """The same day some calendar months later; the last of the month where it has no such day."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
