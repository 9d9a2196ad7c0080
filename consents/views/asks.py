"""Parents to ask: what staff wait for, and the answer written down where the question stands."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from consents import actions, asking
from consents.actions import Said
from consents.agreements import in_force
from consents.errors import NotAllowed
from consents.forms.records import AskedForm
from consents.models import Answer, Ask
from consents.purposes import names
from consents.states import Cell, Standing, standings
from consents.unversioned import afterwards
from consents.views.finding import NEEDS
from consents.views.reach import must_may
from consents.wording import Document
from schools.models import School
from schools.reach import me
from schools.roles import Permission

A_PAGE = 40


@require_GET
def asks(request: HttpRequest) -> HttpResponse:
    """The office’s list, each line with its three presses: open it, say who, yes or no."""
    user = must_may(request, Permission.CONSENT_SEE)
    mine = Ask.objects.open().for_office(user).select_related("platform", "asked_by", "school")
    families = mine.select_related("child").prefetch_related("child__guardianships__parent")
    page = Paginator(families, A_PAGE).get_page(request.GET.get("page"))
    said, purposes = _said(list(page)), _for(list(page))
    writes = School.objects.where(user, Permission.CONSENT_RECORD)
    mine_to_write = set(writes.values_list("pk", flat=True))
    context = {
        "page": page,
        "lines": [
            (
                a,
                AskedForm(child=a.child, auto_id=f"ask{a.pk}_%s"),
                said[a.pk],
                a.school_id in mine_to_write,
                purposes.get(a.purpose),
            )
            for a in page
        ],
    }
    return render(request, "consents/asks.html", context)


_SO_FAR = {**NEEDS, Standing.STOPPED: "Stopped by the school"}


def _said(lines: list[Ask]) -> dict[int, str]:
    """What has been said to each already and does not settle it, in a few words."""
    found: dict[int, str] = {}
    for purpose in {a.purpose for a in lines}:
        alike = [a for a in lines if a.purpose == purpose]
        cells = standings(
            list({a.child_id: a.child for a in alike}.values()),
            sorted({a.platform_id for a in alike}),
            sorted({a.kind for a in alike}),
            show_holds=False,
            purposes=[purpose] if purpose else [],
        )
        for a in alike:
            found[a.pk] = _missing(a, cells[a.child_id, a.platform_id, a.kind])
    return found


def _missing(ask: Ask, cell: Cell) -> str:
    # A yes to the full name that is none: another question's answer stands against it.
    if cell.tone == "no" and cell.decision and cell.decision.kind != ask.kind:
        return "First name refused"
    return _SO_FAR.get(cell.standing, "")


def _for(lines: list[Ask]) -> dict[str, tuple[str, bool]]:
    """Purpose → its name, and whether the agreement in force asks for it; empty for any."""
    keys = {a.purpose for a in lines} - {""}
    version = in_force() if keys else None
    asked = Document.read(version.content if version else {}).purposes
    known = names(keys)
    return {key: (known.get(key, key), key in asked) for key in keys}


@require_POST
def answer_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody answered: written down, and the line is gone."""
    user = me(request)
    mine = Ask.objects.open().for_office(user).select_related("child", "platform")
    found = get_object_or_404(mine, pk=pk)
    form = AskedForm(request.POST, child=found.child)
    if not form.is_valid():
        messages.error(request, f"Choose who answered for {found.child.full_name}.")
        return redirect("consents:asks")
    data, version = form.cleaned_data, in_force()
    try:
        actions.record_many(
            said=[Said(found.platform, found.kind, data["answer"])],
            child=found.child,
            way=data["way"],
            agreement=version,
            by=user,
            **form.giver_fields(),
        )
        written = _written(found, data["answer"])
        messages.success(request, f"{written} {afterwards(version)}".strip())
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:asks")


@require_POST
def close_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken off without an answer, by whoever keeps the list: the office, or the lead."""
    user = me(request)
    mine = Ask.objects.for_office(user) | Ask.objects.for_lead(user)
    found = get_object_or_404(mine, pk=pk)
    try:
        asking.close_ask(ask=found, by=user)
        messages.success(request, "Off the list. No answer was written down.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:holds" if found.for_lead else "consents:asks")


def _written(ask: Ask, answer: str) -> str:
    what = f"{ask.get_kind_display().lower()} on {ask.platform.name}"
    said = f"Written down: {Answer(answer).label.lower()} for {ask.child.full_name}, {what}."
    if not Ask.objects.open().filter(pk=ask.pk).exists():
        return said
    return f"{said} That alone is not enough, so the line stays: it says what is still missing."
