"""One pupil: what the family answered, a new answer, a withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consents import actions, holding
from consents.actions import Said
from consents.errors import NotAllowed
from consents.forms.records import AnswerForm
from consents.models import Child, ConsentDecision, Kind, Way
from consents.panels import Withdrawal, follows, on_child, on_withdrawal
from consents.states import Cell, Key, Standing, standings
from consents.views.reach import asked_platforms, child_or_404
from policy.models import Platform
from schools.clock import noun
from schools.models import User
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 90  # a whole form is 45 answers


@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """One child: what the family answered, who may decide, everything ever said."""
    found = child_or_404(request, pk)
    user = me(request)
    may_record = user.may(Permission.CONSENT_RECORD, found.school_id)
    initial = {"given_on": timezone.localdate(), "kinds": [Kind.PHOTO], "way": Way.PAPER}
    form = AnswerForm(request.POST or None, child=found, initial=initial)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            _record(request, found, form)
            return redirect("consents:child", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    platforms = asked_platforms()
    may_hold = user.may(Permission.HOLD_SET, found.school_id)
    if may_hold:
        holding.looked_at(found, by=user)
    cells = standings([found], [p.pk for p in platforms], show_holds=may_hold)
    yeses = _yeses(found, platforms, cells) if may_record else []
    context = {
        "child": found,
        "platforms": platforms,
        "kinds": list(Kind),
        "rows": [
            (p, [(kind, cells[found.pk, p.pk, kind.value]) for kind in Kind]) for p in platforms
        ],
        "yeses": yeses,
        "withdrawal": on_withdrawal.of(Withdrawal(children=(found,)), user) if yeses else [],
        "panels": on_child.of(found, user),
        "decisions": (decisions := _said(found, request.GET.get("page"))),
        "said": _together(decisions),
        "form": form,
        "may_record": may_record,
        "guardians": form.guardians,
        "may_hold": may_hold,
    }
    return render(request, "consents/child.html", context)


def _yeses(
    found: Child, platforms: list[Platform], cells: dict[Key, Cell]
) -> list[tuple[Platform, list[Kind]]]:
    """What could be withdrawn: platforms with the kinds whose own yes stands there."""

    def stands(platform: Platform, kind: Kind) -> bool:
        cell = cells[found.pk, platform.pk, kind.value]
        own = cell.decision is not None and cell.decision.kind == kind
        return own and cell.standing is Standing.YES

    said = [(p, [kind for kind in Kind if stands(p, kind)]) for p in platforms]
    return [(p, kinds) for p, kinds in said if kinds]


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: a platform and kind, a platform, or everything. Takes effect at once."""
    found = child_or_404(request, pk)
    platforms, kinds = _named_or_404(request)
    try:
        made = actions.withdraw(
            child=found, by=me(request), platforms=platforms, kinds=kinds, way=Way.PHONE
        )
        messages.success(request, _withdrawn(found, made, me(request)))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:child", pk=pk)


def _named_or_404(request: HttpRequest) -> tuple[list[Platform] | None, list[str] | None]:
    """The platforms and kinds to withdraw. None is "all", and only where none is named at all:
    a name that is none must never be read as everything."""
    platform, kind = request.POST.get("platform"), request.POST.get("kind")
    if platform is None and kind is None:
        return None, None
    if platform is None or (kind is not None and kind not in Kind.values):
        raise Http404
    where = [get_object_or_404(Platform, pk=number_or_404(platform))]
    return where, None if kind is None else [kind]


def _withdrawn(found: Child, made: list[ConsentDecision], user: User) -> str:
    done = Withdrawal(
        children=(found,),
        platforms=frozenset(d.platform_id for d in made),
        kinds=frozenset(d.kind for d in made),
        is_done=True,
    )
    permissions = noun(len(made), "permission", "permissions")
    return f"{permissions} withdrawn, at once. {follows(done, user)}".strip()


def _record(request: HttpRequest, found: Child, form: AnswerForm) -> None:
    data = form.cleaned_data
    said = [Said(p, k, data["answer"]) for p in data["platforms"] for k in data["kinds"]]
    actions.record_many(
        said=said,
        child=found,
        way=data["way"],
        given_at=form.given_at(),
        until=data["until"],
        agreement=form.noted(),
        evidence=data["evidence"],
        by=me(request),
        **form.giver_fields(),
    )
    number = "1 answer is" if len(said) == 1 else f"{len(said)} answers are"
    messages.success(request, f"{number} written down for {found.full_name}.")


def _said(found: Child, page: str | None) -> Any:
    rows = found.decisions.select_related("platform", "giver", "recorded_by", "agreement")
    return Paginator(rows.order_by("-recorded_at", "-pk"), A_PAGE).get_page(page)


def _together(decisions: Iterable[ConsentDecision]) -> list[list[ConsentDecision]]:
    """The answers of one giver, written down at once and alike, are one line."""
    return [list(alike) for _, alike in groupby(decisions, key=_alike)]


def _alike(said: ConsentDecision) -> tuple[object, ...]:
    who = (said.giver_id, said.given_by_child, said.recorded_by_id)
    return (*who, said.recorded_at, said.given_at, said.answer, said.way, said.until, said.evidence)
