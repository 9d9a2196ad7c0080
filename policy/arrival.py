"""The notice of what is recorded and looked at comes first (R-049)."""

from __future__ import annotations

from django.urls import reverse

from policy.people import was_told
from policy.rulebook import NoPolicyInForce, Rulebook
from schools.arrival import show_first
from schools.models import User


@show_first
def notice(user: User) -> str:
    """Until somebody was shown the notice of the version in force. Three queries."""
    try:
        book = Rulebook.in_force()
    except NoPolicyInForce:
        return ""
    return "" if was_told(user, book) else reverse("policy:told")
