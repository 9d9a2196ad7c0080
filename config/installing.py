"""What `manage.py setup` does, once or again: trust, policy, schools, the first person."""

from __future__ import annotations

from consents import agreements
from consents.models import Agreement, AgreementDraft
from policy.choosing import choose_misuse_route
from policy.lacking import is_chosen
from policy.models import PolicyVersion
from policy.presets import files, load_preset
from policy.rulebook import Rulebook
from schools.actions import grant_role
from schools.founding import add_school, change_trust
from schools.models import School, StaffRole, User
from schools.people import add_person
from schools.roles import Permission, Role, roles_with

# A school is called shortly by what is left without these words.
_KINDS = ("school", "academy", "college", "primary", "secondary", "junior", "infant", "high")


def install(
    trust: str,
    preset: str,
    schools: list[tuple[str, str]],
    administrator: User,
    *,
    misuse: list[list[str]],
) -> list[str]:
    """Make what is missing; returns a line for each thing. `administrator` may be new (no id);
    `misuse`: whom reports of misuse go to where the policy names nobody (empty: as it is)."""
    return [
        _trust(trust),
        _policy(preset),
        *_misuse(misuse),
        _agreement(),
        *(_school(name, kind) for name, kind in schools),
        _administrator(administrator),
    ]


def first_administrator() -> User | None:
    """Whoever manages the staff of the whole trust already."""
    roles = StaffRole.objects.in_force().filter(
        school=None, role__in=roles_with(Permission.STAFF_MANAGE), user__is_active=True
    )
    first = roles.select_related("user").order_by("pk").first()
    return first.user if first else None


def _trust(name: str) -> str:
    changed = change_trust(by=None, name=name)
    return f"Trust: {name}{'' if changed else ' (as before)'}"


def _policy(key: str) -> str:
    before = PolicyVersion.objects.filter(in_force=True).first()
    version = load_preset(key)
    return f"Policy in force: {version}{' (as before)' if version == before else ''}"


def asks_for_misuse(preset: str) -> bool:
    """Must somebody choose whom reports of misuse go to, before this policy can be set up (R-143)?
    A policy that names them, or a trust that has chosen, is not asked."""
    in_force = PolicyVersion.objects.filter(in_force=True, key=preset).first()
    if in_force is not None:
        return not is_chosen(Rulebook(in_force))
    return "misuse_reported" not in {rule.key for rule in files.preset(preset).rules}


def _misuse(groups: list[list[str]]) -> list[str]:
    if not groups:
        return []
    chosen = choose_misuse_route(groups=groups, by=None)
    said = ", then ".join(" and ".join(Role(role).label for role in group) for group in groups)
    return [f"Reports of misuse go to: {said}{'' if chosen else ' (as before)'}"]


def _agreement() -> str:
    """The starting version, as a draft: somebody of the trust reads, changes and approves it."""
    if AgreementDraft.objects.exists() or Agreement.objects.exists():
        return "Agreement with parents (as before)"
    agreements.start(by=None)
    return "Agreement with parents: a draft, to be read and published"


def _school(name: str, kind: str) -> str:
    if School.objects.filter(name=name).exists():
        return f"School: {name} (as before)"
    add_school(by=None, name=name, short_name=_short(name), kind=kind)
    return f"School: {name}"


def _short(name: str) -> str:
    words = [word for word in name.split() if word.lower() not in _KINDS] or name.split()
    short = " ".join(words)[:40]
    return name[:40] if School.objects.filter(short_name=short).exists() else short


def _administrator(wished: User) -> str:
    """The first person: an account, the CIO's role for the whole trust, and an invitation."""
    known = User.objects.filter(email=wished.email).first()
    if known is None:
        add_person(email=wished.email, name=wished.name, role=Role.CIO, school=None, by=None)
        return f"Administrator: {wished.name}, {wished.email}"
    if not known.may_for_trust(Permission.STAFF_MANAGE):
        grant_role(user=known, role=Role.CIO, school=None, by=None)
        return f"Administrator: {known.name}, {known.email} (had an account)"
    return f"Administrator: {known.name}, {known.email} (as before)"
