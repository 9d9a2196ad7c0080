"""Role training: whoever keeps permission records or looks into what others did is trained for it,
in date, where the policy says so (R-109). Without it they read and change nothing."""

from __future__ import annotations

from policy.models import PolicyVersion, Training
from schools.models import User
from schools.roles import Permission
from schools.withholding import Reasons, withhold

NEEDED = {
    Permission.CONSENT_RECORD: Training.Kind.RECORDS,
    Permission.CHILD_IMPORT: Training.Kind.RECORDS,
    Permission.ACTIVITY_READ: Training.Kind.INVESTIGATING,
}
_MEND = "Whoever looks after your training can record one: your Head, HR or the trust."
_WHY = {
    Training.Kind.RECORDS: "Permission records are for reading only until your training "
    f"“{Training.Kind.RECORDS.label}” is recorded and in date. {_MEND}",
    Training.Kind.INVESTIGATING: "This opens once your training "
    f"“{Training.Kind.INVESTIGATING.label}” is recorded and in date. {_MEND}",
}


@withhold(frozenset(NEEDED))
def without_role_training(user: User) -> Reasons:
    """Two queries. Before a policy is in force, nothing is asked yet."""
    version = PolicyVersion.objects.filter(in_force=True).only("terms").first()
    if version is None or not version.terms.get("role_training"):
        return {}
    mine = Training.objects.in_date().filter(user=user)
    in_date = set(mine.values_list("kind", flat=True))
    return {what: _WHY[kind] for what, kind in NEEDED.items() if kind not in in_date}
