"""Cases as people raise them, for tests of the room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.actions import Raised, raise_case
from cases.kinds import Kind
from cases.models import Case
from schools.models import User
from schools.roles import Role
from tests.cast import Trusty


def dpo(trust: Trusty) -> User:
    """Dana, who looks after data protection for the whole trust."""
    found = User.objects.filter(email="dana.osei@demo.example").first()
    return found or trust.person("Dana Osei", Role.DPO, None)


def a_case(
    trust: Trusty,
    kind: Kind = Kind.ACCESS,
    *,
    by: User | None = None,
    began_at: datetime | None = None,
    **said: Any,
) -> Case:
    """Raised at Oak by Tessa, unless said otherwise."""
    fields = {"words": "A father asks for everything we hold about his son."} | said
    raised = Raised(kind, trust.oak, began_at=began_at or timezone.now(), **fields)
    return raise_case(raised=raised, by=by or trust.tessa)
