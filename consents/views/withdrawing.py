"""A yes is taken back on a pupil's page: by whom is the press; and the school's own stop."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from consents import withdrawing
from consents.errors import NotAllowed
from consents.forms.withdrawing import WithdrawForm
from consents.models import Child, Kind, Way
from consents.panels import Withdrawal, follows, on_withdrawal
from consents.views.reach import asked_platforms, child_or_404
from consents.views.records import child_page
from consents.withdrawing import Square
from consents.words import joined
from policy.models import Platform
from schools.clock import noun
from schools.models import User
from schools.reach import me, number_or_404
from schools.roles import Permission


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The name of whoever says so is the press. It counts at once. What was not chosen yet is asked
    for, and the rest is kept."""
    child, user = _mine(request, pk), me(request)
    if "look" in request.POST:
        return child_page(request, child, withdrawing=_looked_at(child, request.POST))
    form = _form(child, request.POST)
    if form.is_valid():
        try:
            messages.success(request, _done(child, form, user))
            return redirect("consents:child", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return child_page(request, child, withdrawing=form)


@require_safe
def foretell(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking back just that would stop and list: asked whenever something else is chosen."""
    form = _looked_at(_mine(request, pk), request.GET)
    panels = on_withdrawal.of(form.foretold, me(request))
    context = {"withdrawing": form, "withdrawal": panels}
    return render(request, "consents/_foretold.html", context)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """What the school had stopped on one platform: the families' answers count again."""
    child = child_or_404(request, pk)
    named = number_or_404(request.POST.get("platform", ""))
    platform = get_object_or_404(Platform, pk=named)
    try:
        number = withdrawing.lift(child=child, by=me(request), platforms=[platform])
        lifted = noun(number, "stop is", "stops are")
        answers = "The family’s answers count again, as they stand now."
        messages.success(request, f"{lifted} lifted on {platform.name}. {answers}")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:child", pk=pk)


def _mine(request: HttpRequest, pk: int) -> Child:
    child = child_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, child.school_id):
        raise Http404
    return child


def _form(
    child: Child, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> WithdrawForm:
    family = list(child.guardianships.select_related("parent"))
    yeses = withdrawing.standing_yeses(child, asked_platforms())
    return WithdrawForm(data, child=child, yeses=yeses, guardians=family, initial=initial)


def _looked_at(child: Child, sent: QueryDict) -> WithdrawForm:
    """As it was filled in, and nothing of it is written down or found to be missing."""
    return _form(child, None, {name: sent.get(name, "") for name in ("what", "way")})


def _done(child: Child, form: WithdrawForm, user: User) -> str:
    squares = form.squares()
    if form.is_by_school:
        made = withdrawing.stop(child=child, squares=squares, by=user)
        number = noun(len(made), "use is", "uses are")
        return f"{number} stopped by the school, at once. {_then(child, squares, user)}".strip()
    way = form.cleaned_data["way"]
    written = withdrawing.take_back(
        child=child, squares=squares, way=way, by=user, **form.giver_fields()
    )
    how = Way(way).label.lower()
    left = withdrawing.still_permitted(child, squares)
    if not left:
        number = noun(len(written), "permission", "permissions")
        said = f"{number} withdrawn, at once, as {form.named} said ({how})."
        return f"{said} {_then(child, squares, user)}".strip()
    where = joined([f"{Kind(kind).label.lower()} on {p.name}" for p, kind in left])
    said = f"Written down, as {form.named} said ({how}). It ends no permission for {where}: "
    said += f"{form.named} does not decide for {child.known_as}. The school can stop it."
    gone = [square for square in squares if square not in left]
    return f"{said} {_then(child, gone, user) if gone else ''}".strip()


def _then(child: Child, squares: Collection[Square], user: User) -> str:
    done = Withdrawal(
        children=(child,),
        platforms=frozenset(platform.pk for platform, _ in squares),
        kinds=frozenset(kind for _, kind in squares),
        is_done=True,
    )
    return follows(done, user)
