"""The parents of one child: their links, sent, closed and sent again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from consents import agreements, links
from consents.errors import NotAllowed
from consents.mailing import bounces
from consents.models import Child, Parent, ParentLink
from consents.views.reach import child_or_404
from schools.reach import me
from schools.roles import Permission


@require_GET
def parents(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who may be asked about this child, with what was sent to them."""
    child = _mine(request, pk)
    rows = child.guardianships.select_related("parent").prefetch_related("parent__mails")
    ids = [row.parent_id for row in rows]
    opens = links.children_by_parent(ids).keys() | links.left_or_grown(ids).keys()
    people = [
        {
            "parent": row.parent,
            "relationship": row.relationship,
            "may_decide": row.is_entitled(),
            "comes_back": bounces(row.parent),
            "working": ParentLink.objects.working().filter(parent=row.parent).count()
            if row.parent_id in opens
            else 0,
            "mails": sorted(row.parent.mails.all(), key=lambda mail: -mail.pk)[:5],
        }
        for row in rows
    ]
    context = {"child": child, "people": people, "agreement": agreements.in_force()}
    return render(request, "consents/agreement_links.html", context)


@require_POST
def press(request: HttpRequest, pk: int, parent: int, verb: str) -> HttpResponse:
    """Send a link, close all links, or say that mail comes back or works again."""
    child = _mine(request, pk)
    found = get_object_or_404(Parent.objects.filter(guardianships__child=child), pk=parent)
    try:
        messages.success(request, _do(request, verb, child, found))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:parents", pk=pk)


def _do(request: HttpRequest, verb: str, child: Child, parent: Parent) -> str:
    user = me(request)
    if verb == "send":
        links.send(parent=parent, child=child, by=user)
        return f"A mail with a new link goes to {parent.full_name}."
    if verb == "close":
        closed = links.revoke(parent=parent, child=child, by=user)
        return f"{parent.full_name}: {closed} closed. What was answered stays."
    if verb in {"comes-back", "works"}:
        links.mark_address(parent=parent, child=child, comes_back=verb == "comes-back", by=user)
        return "Noted."
    raise Http404


def _mine(request: HttpRequest, pk: int) -> Child:
    child = child_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, child.school_id):
        raise Http404
    return child
