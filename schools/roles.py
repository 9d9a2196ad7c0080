"""Roles and what each may do: requirements §6 as one table. Scope is a school or the trust.

Who confirms posts is not in the table: each trust's policy says it (R-078, R-123).
"""

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
    DEVICE_MANAGE = "device.manage"
    BRAND_PERMIT = "brand.permit"
    # How the people of a school stand with the policy: read, trained, restricted.
    STAFF_GUIDE = "staff.guide"
    STAFF_RESTRICT = "staff.restrict"
    TRAINING_RECORD = "training.record"
    ACTIVITY_READ = "activity.read"
    # May be asked to look after a case. It shows the way; whose a case is, the policy says.
    CASE_HANDLE = "case.handle"


_P = Permission
_EVERY_STAFF = {_P.POST_DRAFT, _P.POST_STOP, _P.CHILD_PICK}
_HEAD = _EVERY_STAFF | {
    _P.POST_SEE_ALL,
    _P.CHANNEL_PAUSE,
    _P.CONSENT_SEE,
    _P.CASE_HANDLE,
}

# What the policy leaves to the Headteacher alone.
_GUIDE = {_P.STAFF_GUIDE, _P.STAFF_RESTRICT, _P.TRAINING_RECORD}
# Who may be shown what others did, and sees to role training.
_OVERSEES = {_P.STAFF_GUIDE, _P.TRAINING_RECORD, _P.ACTIVITY_READ, _P.CASE_HANDLE}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset(_EVERY_STAFF),
    # The Headteacher's written permission is not a deputy's to give.
    Role.HEAD: frozenset(_HEAD | {_P.BRAND_PERMIT} | _GUIDE),
    Role.EXECUTIVE_HEAD: frozenset(_HEAD | {_P.BRAND_PERMIT} | _GUIDE),
    Role.DEPUTY: frozenset(_HEAD - {_P.CONSENT_SEE, _P.CASE_HANDLE}),
    Role.MANAGER: frozenset(_EVERY_STAFF | {_P.POST_SEE_ALL, _P.CASE_HANDLE}),
    Role.AUTHORISED_USER: frozenset(_EVERY_STAFF | {_P.POST_SEE_ALL, _P.POST_RELEASE}),
    Role.CONSENT_ADMIN: frozenset(
        _EVERY_STAFF | {_P.CONSENT_SEE, _P.CONSENT_RECORD, _P.CHILD_IMPORT}
    ),
    Role.DSL: frozenset(
        _EVERY_STAFF | {_P.POST_SEE_ALL, _P.CONSENT_SEE, _P.HOLD_SET, _P.CASE_HANDLE}
    ),
    Role.DPO: frozenset(
        {
            _P.POST_SEE_ALL,
            _P.POST_STOP,
            _P.CONSENT_SEE,
            _P.AGREEMENT_EDIT,
            _P.AUDIT_READ,
            _P.CASE_HANDLE,
        }
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
            _P.DEVICE_MANAGE,
        }
        | _OVERSEES
    ),
    Role.CEO: frozenset(
        {_P.POST_SEE_ALL, _P.POST_STOP, _P.REPORT_TRUST, _P.POLICY_EDIT} | _OVERSEES
    ),
    Role.CHRO: frozenset({_P.REPORT_TRUST, _P.POST_STOP} | _OVERSEES),
    Role.BOARD: frozenset({_P.REPORT_TRUST}),
    Role.EXTERNAL: frozenset(),
}

# What a role never carries by itself: the policy in force says whose it is (`ApproverRole`).
BY_POLICY = frozenset({_P.POST_APPROVE, _P.POST_OWN_REMINDER})
# Roles that a policy can make confirm posts for their schools.
APPROVER_ROLES = frozenset({Role.HEAD, Role.EXECUTIVE_HEAD, Role.DEPUTY, Role.MANAGER})
# Roles that only make sense for the whole trust.
TRUST_ROLES = frozenset({Role.CEO, Role.CIO, Role.CHRO, Role.BOARD})


def roles_with(permission: Permission) -> list[str]:
    """The roles that carry this permission, as stored values. Not for those of `BY_POLICY`."""
    if permission in BY_POLICY:
        raise ValueError(f"Who may “{permission.value}” stands in the policy, not in a role.")
    return [role.value for role, may in ROLES.items() if permission in may]
