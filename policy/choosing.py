"""Where the policy is silent, the trust chooses: whom reports of misuse go to (R-143)."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from policy import rules
from policy.lacking import is_chosen, is_silent
from policy.models import PolicyVersion
from policy.reading import Unreadable
from policy.rulebook import NoPolicyInForce, Rulebook
from policy.terms import Terms
from schools.errors import NotAllowed, must
from schools.models import User


@transaction.atomic
def choose_misuse_route(*, groups: list[list[str]], by: User | None) -> bool:
    """Reports of misuse go to all of the first group in which there is somebody. False when that
    was chosen already. `by=None` is the installation itself.

    Only where the policy in force says nothing about it: its own words are its owner's to change,
    in the next version. Raises `NotAllowed`.
    """
    if by is not None:
        must(rules.may_edit(by))
    version = PolicyVersion.objects.select_for_update().filter(in_force=True).first()
    if version is None:
        raise NoPolicyInForce("No policy is in force yet.")
    book = Rulebook(version)
    if not is_silent(book):
        raise NotAllowed("The policy itself says whom reports of misuse go to.")
    if version.formalities.exists():
        raise NotAllowed("This version was signed with its routes. Write the next one instead.")
    routes = version.terms["routes"] | {"misuse": groups}
    try:
        Terms.read(version.terms | {"routes": routes})
    except Unreadable as error:
        raise NotAllowed(f"Reports of misuse: {error.why}") from error
    chosen = book.terms.routes.misuse == tuple(map(tuple, groups))
    if chosen and is_chosen(book):
        return False
    version.terms = version.terms | {"routes": routes}
    version.save(update_fields=["terms"])
    record("policy.route_chosen", version, by=by, route="misuse", to=groups)
    return True
