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

from consents import actions, holding
from consents.actions import Said
from consents.errors import NotAllowed
from consents.forms.records import THE_PUPIL, AnswerForm
from consents.forms.withdrawing import WithdrawForm
from consents.models import Child, ConsentDecision, Kind, Way
from consents.nicknames import LONGEST, set_nicknames
from consents.panels import Withdrawal, on_child, on_withdrawal
from consents.scans import keeping
from consents.states import Cell, Key, Standing, standings
from consents.views.purposes import in_question_by_name
from consents.views.reach import asked_platforms, child_or_404
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
    initial = _initial()
    if request.GET.get("who") == THE_PUPIL:
        initial["giver"] = THE_PUPIL
    form = AnswerForm(request.POST or None, request.FILES or None, child=found, initial=initial)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            _record(request, found, form)
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
    cells = standings([found], [p.pk for p in platforms], show_holds=may_hold)
    yeses = _yeses(found, platforms, cells) if may_record else []
    if yeses and withdrawing is None:
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
        "withdrawing": withdrawing if yeses else None,
        "withdrawal": on_withdrawal.of(Withdrawal(children=(found,)), user) if yeses else [],
        "stops": _stops(found) if may_record else [],
        "panels": on_child.of(found, user),
        "decisions": (decisions := _said(found, request.GET.get("page"))),
        "said": _together(decisions),
        "form": form,
        "may_record": may_record,
        "guardians": form.guardians,
        "longest_nicknames": LONGEST,
        "may_hold": may_hold,
    }
    return render(request, "consents/child.html", context)


def yeses_of(found: Child) -> list[tuple[Platform, list[Kind]]]:
    """What could be withdrawn: platforms with the kinds whose own yes stands there."""
    platforms = asked_platforms()
    return _yeses(found, platforms, standings([found], [p.pk for p in platforms], show_holds=False))


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


def _yeses(
    found: Child, platforms: list[Platform], cells: dict[Key, Cell]
) -> list[tuple[Platform, list[Kind]]]:
    def stands(platform: Platform, kind: Kind) -> bool:
        cell = cells[found.pk, platform.pk, kind.value]
        own = cell.decision is not None and cell.decision.kind == kind
        return own and cell.standing in {Standing.YES, Standing.SOME}

    said = [(p, [kind for kind in Kind if stands(p, kind)]) for p in platforms]
    return [(p, kinds) for p, kinds in said if kinds]


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


def _record(request: HttpRequest, found: Child, form: AnswerForm) -> None:
    data = form.cleaned_data
    said = [Said(p, k, data["answer"]) for p in data["platforms"] for k in data["kinds"]]
    with keeping(data["scan"], school=found.school, by=me(request)) as scan:
        actions.record_many(
            said=said,
            child=found,
            way=data["way"],
            given_at=form.given_at(),
            until=data["until"],
            agreement=form.noted(),
            evidence=data["evidence"],
            scan=scan,
            by=me(request),
            **form.giver_fields(),
        )
    number = "1 answer is" if len(said) == 1 else f"{len(said)} answers are"
    messages.success(request, f"{number} written down for {found.full_name}.")


def _said(found: Child, page: str | None) -> Any:
    rows = found.decisions.select_related("platform", "giver", "recorded_by", "agreement")
    # As they count, the latest first: a paper form found later stands where it was said.
    line = rows.order_by("-given_at", "-recorded_at", "-pk")
    return Paginator(line, A_PAGE).get_page(page)


def _together(decisions: Iterable[ConsentDecision]) -> list[list[ConsentDecision]]:
    """The answers of one giver, written down at once and alike, are one line."""
    return [list(alike) for _, alike in groupby(decisions, key=_alike)]


def _alike(said: ConsentDecision) -> tuple[object, ...]:
    who = (said.giver_id, said.given_by_child, said.recorded_by_id, said.scan_id)
    return (*who, said.recorded_at, said.given_at, said.answer, said.way, said.until, said.evidence)
