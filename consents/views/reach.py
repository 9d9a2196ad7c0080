"""Fetching within what this person may see, or "not found" (P8)."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from consents.models import Child
from policy.models import Platform
from schools.models import School, User
from schools.reach import me
from schools.roles import Permission


def child_or_404(request: HttpRequest, pk: int) -> Child:
    """A child whose record this person may open."""
    return get_object_or_404(Child.objects.visible_to(me(request)).select_related("school"), pk=pk)


def asked_platforms() -> list[Platform]:
    """The platforms about which people are asked."""
    return list(Platform.objects.filter(is_asked=True, is_retired=False))


def classes_of(school: School) -> list[str]:
    """The classes that pupils on its roll are in."""
    named = Child.objects.filter(school=school).on_roll().exclude(form="")
    return list(named.order_by("form").values_list("form", flat=True).distinct())


def must_may(request: HttpRequest, permission: Permission) -> User:
    """The person, if they may do this anywhere; a page for others does not exist."""
    user = me(request)
    if not user.may_somewhere(permission):
        raise Http404
    return user


def school_or_404(request: HttpRequest, permission: Permission, slug: str = "") -> School:
    """The school asked for, or the person's first."""
    schools = School.objects.where(me(request), permission)
    found = schools.filter(slug=slug).first() if slug else schools.first()
    if found is None:
        raise Http404
    return found
