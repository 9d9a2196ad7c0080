"""One pupil: what the family answered, and a new answer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consents import holding
from consents.errors import NotAllowed
from consents.forms.records import NOBODY_NAMED, THE_PUPIL, AnswerForm
from consents.forms.withdrawing import WithdrawForm
from consents.models import Answer, Child, Kind, Way
from consents.nicknames import LONGEST, set_nicknames
from consents.panels import on_child, on_withdrawal
from consents.states import Cell, Standing, standings
from consents.unversioned import afterwards
from consents.views.differing import differences
from consents.views.purposes import in_question_by_name
from consents.views.reach import asked_platforms, child_or_404
from consents.views.timeline import together
from consents.views.writing_down import write_down
from consents.withdrawing import can_be_stopped, standing_yeses
from consents.words import joined
from policy.models import Platform
from schools.reach import me
from schools.roles import Permission

A_PAGE = 90  # a whole form is 45 answers


@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """One child: what the family answered, who may decide, everything ever said."""
    found = child_or_404(request, pk)
    user = me(request)
    may_record = user.may(Permission.CONSENT_RECORD, found.school_id)
    initial = _initial() | _WHO.get(request.GET.get("who", ""), {})
    form = AnswerForm(request.POST or None, request.FILES or None, child=found, initial=initial)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            noted, giver = form.noted(), form.giver_fields()
            write_down(request, found, form, besides=afterwards(noted), agreement=noted, **giver)
            return redirect("consents:child", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return child_page(request, found, form=form)


def child_page(
    request: HttpRequest,
    found: Child,
    *,
    form: AnswerForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> HttpResponse:
    """The page, with the form that was pressed as it was filled in."""
    user = me(request)
    may_record = user.may(Permission.CONSENT_RECORD, found.school_id)
    form = form or AnswerForm(child=found, initial=_initial())
    platforms = asked_platforms()
    may_hold = user.may(Permission.HOLD_SET, found.school_id)
    if may_hold:
        holding.looked_at(found, by=user)
    where = [p.pk for p in platforms]
    cells = standings([found], where, show_holds=may_hold)
    # Who differs follows from the answers, also for whoever may set holds as well.
    said = standings([found], where, show_holds=False) if may_hold and may_record else cells
    yeses = standing_yeses(found, platforms) if may_record else []
    may_stop = may_record and can_be_stopped(found)
    if not (yeses or may_stop):
        withdrawing = None
    elif withdrawing is None:
        withdrawing = WithdrawForm(child=found, yeses=yeses, guardians=form.guardians)
    context = {
        "child": found,
        "platforms": platforms,
        "kinds": list(Kind),
        "rows": [
            (p, [(kind, cells[found.pk, p.pk, kind.value]) for kind in Kind]) for p in platforms
        ],
        "for_some": _for_some(
            platforms, [cells[found.pk, p.pk, k] for p in platforms for k in Kind]
        ),
        "differing": differences(found, said, platforms, form.guardians) if may_record else [],
        "withdrawing": withdrawing,
        "may_stop": may_stop,
        "withdrawal": on_withdrawal.of(withdrawing.foretold, user) if withdrawing else [],
        "stops": _stops(found) if may_record else [],
        "panels": on_child.of(found, user),
        "decisions": (decisions := _said(found, request.GET.get("page"))),
        "said": together(decisions),
        "form": form,
        "may_record": may_record,
        "guardians": form.guardians,
        "longest_nicknames": LONGEST,
        "may_hold": may_hold,
    }
    return render(request, "consents/child.html", context)


def _for_some(platforms: list[Platform], cells: Iterable[Cell]) -> list[tuple[str, str, str]]:
    """Yeses that are for some purposes only: what, what for, and what not for."""
    some = [cell for cell in cells if cell.standing is Standing.SOME and cell.decision]
    if not some:
        return []
    every, places = in_question_by_name(), {p.pk: p.name for p in platforms}
    told: dict[tuple[str, ...], list[str]] = {}
    for cell in some:
        said = cell.decision
        if said is not None:
            what = f"{said.get_kind_display().lower()} on {places[said.platform_id]}"
            told.setdefault(cell.purposes, []).append(what)
    return [
        (
            joined(what),
            joined([every[p] for p in covered]),
            joined([name for p, name in every.items() if p not in covered]),
        )
        for covered, what in told.items()
    ]


# A list or a conflict leads here with whose answer is to be written down.
_WHO: dict[str, dict[str, str]] = {
    THE_PUPIL: {"giver": THE_PUPIL},
    NOBODY_NAMED: {"giver": NOBODY_NAMED, "answer": Answer.UNCLEAR.value},
}


def _initial() -> dict[str, Any]:
    return {"given_on": timezone.localdate(), "kinds": [Kind.PHOTO], "way": Way.PAPER}


def _stops(found: Child) -> list[dict[str, Any]]:
    """What the school itself has stopped, a line for each platform."""
    rows = found.school_stops.filter(lifted_at=None).select_related("platform", "set_by")
    lines = []
    for platform, alike in groupby(rows.order_by("platform", "pk"), key=lambda row: row.platform):
        each = list(alike)
        kinds = ", ".join(row.get_kind_display().lower() for row in each)
        lines.append(
            {
                "platform": platform,
                "kinds": kinds,
                "since": each[0].set_at,
                "by": each[0].set_by.name,
            }
        )
    return lines


@require_POST
def nicknames(request: HttpRequest, pk: int) -> HttpResponse:
    """What else the pupil is called, kept."""
    found = child_or_404(request, pk)
    try:
        set_nicknames(child=found, nicknames=request.POST.get("nicknames", ""), by=me(request))
        messages.success(request, "Kept. Posts are searched for it from now on.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:child", pk=pk)


def _said(found: Child, page: str | None) -> Any:
    rows = found.decisions.select_related("platform", "giver", "recorded_by", "agreement")
    # As they count, the latest first: a paper form found later stands where it was said.
    line = rows.order_by("-given_at", "-recorded_at", "-pk")
    return Paginator(line, A_PAGE).get_page(page)
