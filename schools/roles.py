"""Roles and what each may do: requirements §6 as one table. Scope is a school or the trust."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """Roles a person can hold, per school or for the whole trust."""

    STAFF = "staff", "Staff"
    HEAD = "head", "Head of School"
    EXECUTIVE_HEAD = "executive_head", "Executive Headteacher"
    DEPUTY = "deputy", "Deputy approver"
    MANAGER = "manager", "Manager"
    AUTHORISED_USER = "authorised_user", "Authorised user"
    CONSENT_ADMIN = "consent_admin", "Consent administrator"
    DSL = "dsl", "Designated Safeguarding Lead"
    DPO = "dpo", "Data Protection Officer"
    CIO = "cio", "Chief Information Officer"
    CEO = "ceo", "Chief Executive"
    CHRO = "chro", "Chief HR Officer"
    BOARD = "board", "Board clerk"
    EXTERNAL = "external", "Photographer or agency"


class Permission(TextChoices):
    """What can be done. Always asked together with a school."""

    POST_DRAFT = "post.draft"
    POST_SEE_ALL = "post.see_all"
    POST_STOP = "post.stop"
    POST_APPROVE = "post.approve"
    POST_OWN_REMINDER = "post.own_reminder"
    POST_RELEASE = "post.release"
    CHANNEL_CONNECT = "channel.connect"
    CHANNEL_PAUSE = "channel.pause"
    CHILD_PICK = "child.pick"
    CONSENT_SEE = "consent.see"
    CONSENT_RECORD = "consent.record"
    CHILD_IMPORT = "child.import"
    HOLD_SET = "hold.set"
    AGREEMENT_EDIT = "agreement.edit"
    POLICY_EDIT = "policy.edit"
    STAFF_MANAGE = "staff.manage"
    REPORT_TRUST = "report.trust"
    AUDIT_READ = "audit.read"


_P = Permission
_EVERY_STAFF = {_P.POST_DRAFT, _P.POST_STOP, _P.CHILD_PICK}
_HEAD = _EVERY_STAFF | {
    _P.POST_SEE_ALL,
    _P.POST_APPROVE,
    _P.POST_OWN_REMINDER,
    _P.CHANNEL_PAUSE,
    _P.CONSENT_SEE,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset(_EVERY_STAFF),
    Role.HEAD: frozenset(_HEAD),
    Role.EXECUTIVE_HEAD: frozenset(_HEAD),
    Role.DEPUTY: frozenset(_HEAD - {_P.CONSENT_SEE}),
    # Under a policy whose approver is the Manager (Champion) issue C reads the role from the
    # policy; a role alone never smuggles in the right to approve.
    Role.MANAGER: frozenset(_EVERY_STAFF | {_P.POST_SEE_ALL}),
    Role.AUTHORISED_USER: frozenset(_EVERY_STAFF | {_P.POST_SEE_ALL, _P.POST_RELEASE}),
    Role.CONSENT_ADMIN: frozenset(
        _EVERY_STAFF | {_P.CONSENT_SEE, _P.CONSENT_RECORD, _P.CHILD_IMPORT}
    ),
    Role.DSL: frozenset(_EVERY_STAFF | {_P.POST_SEE_ALL, _P.CONSENT_SEE, _P.HOLD_SET}),
    Role.DPO: frozenset(
        {_P.POST_SEE_ALL, _P.POST_STOP, _P.CONSENT_SEE, _P.AGREEMENT_EDIT, _P.AUDIT_READ}
    ),
    Role.CIO: frozenset(
        {
            _P.POLICY_EDIT,
            _P.AGREEMENT_EDIT,
            _P.STAFF_MANAGE,
            _P.CHANNEL_CONNECT,
            _P.CHANNEL_PAUSE,
            _P.REPORT_TRUST,
            _P.AUDIT_READ,
            _P.POST_STOP,
        }
    ),
    Role.CEO: frozenset({_P.POST_SEE_ALL, _P.POST_STOP, _P.REPORT_TRUST, _P.POLICY_EDIT}),
    Role.CHRO: frozenset({_P.REPORT_TRUST, _P.POST_STOP}),
    Role.BOARD: frozenset({_P.REPORT_TRUST}),
    Role.EXTERNAL: frozenset(),
}

# Roles that confirm a post for the schools they head (protocol 5, R-078).
APPROVER_ROLES = frozenset({Role.HEAD, Role.EXECUTIVE_HEAD, Role.DEPUTY})
# Roles that only make sense for the whole trust.
TRUST_ROLES = frozenset({Role.CEO, Role.CIO, Role.CHRO, Role.BOARD})


def roles_with(permission: Permission) -> list[str]:
    """The roles that carry this permission, as stored values."""
    return [role.value for role, may in ROLES.items() if permission in may]
