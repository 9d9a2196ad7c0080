"""The main job, walked under either policy by whoever it names."""

from __future__ import annotations

from typing import Any

from approvals import actions as approvals
from policy.presets import load_preset
from policy.rulebook import Rulebook
from posts.models import Post
from schools.models import User
from schools.roles import Role
from tests.cast import ready


def put_in_force(trust: Any, key: str) -> None:
    """The preset, for the cast as well. Who had read the last one reads this one, and a manager
    consents where the new one asks for it."""
    trust.policy = load_preset(key)
    asks = Rulebook.in_force().terms.account_use == "manager_consent"
    for user in list(User.objects.exclude(acknowledgements=None).distinct()):
        ready(user)
        if asks:
            trust.consent_to_use(user)


def approver(trust: Any, key: str) -> User:
    """Whoever confirms posts at Oak under this preset."""
    if key == "champion":
        return trust.person("Mo Manager", Role.MANAGER, trust.oak)
    return trust.hana


def main_job(trust: Any, by: User, **draft: Any) -> Post:
    """Draft → submit → approve → sent."""
    submission = trust.submitted(**draft)
    approvals.approve(submission=submission, by=by)
    trust.send_all()
    return Post.objects.get(pk=submission.post_id)
