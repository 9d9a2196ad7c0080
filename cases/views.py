"""Pages of cases: raising one, the list, one case, and a mistake in a live post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases import actions, mistakes, rules
from cases.forms import RaiseForm
from cases.kinds import Kind
from cases.models import Case
from schools.errors import NotAllowed
from schools.models import User
from schools.reach import me
from schools.roles import Permission

A_PAGE = 25
MOST = 100


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Those this person looks after, by their clocks, and what they raised. Closed ones last."""
    user = me(request)
    mine = Case.objects.visible_to(user).select_related("school", "owner", "post")
    page = Paginator(mine.open().by_clock(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "closed": mine.filter(state=Case.State.CLOSED).order_by("-closed_at")[:MOST],
        "raised": Case.objects.raised_by(user).select_related("school").order_by("-pk")[:MOST],
        "may_raise": user.may_somewhere(Permission.POST_STOP),
    }
    return render(request, "cases/cases.html", context)


@require_http_methods(["GET", "POST"])
def raise_one(request: HttpRequest) -> HttpResponse:
    """Say what is wrong. The form itself stands on “Something is wrong” as well."""
    user = me(request)
    if not user.may_somewhere(Permission.POST_STOP):
        raise Http404
    form = RaiseForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.raise_case(raised=form.raised(), by=user)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            # Said only of what is stored (failure 14).
            made = Case.objects.select_related("owner").get(pk=made.pk)
            messages.success(request, f"Sent. {made.owner.name} has been told.")
            return redirect("cases:case", made.pk)
    status = 422 if form.errors else 200
    return render(request, "cases/raise.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def mistake(request: HttpRequest, pk: int) -> HttpResponse:
    """A mistake in a live post: one press led here, this one takes it down."""
    user = me(request)
    post = get_object_or_404(mistakes.live_posts(user).select_related("school"), pk=pk)
    words = request.POST.get("words", "")
    error = ""
    if request.method == "POST":
        try:
            made = mistakes.report_mistake(post=post, words=words, by=user)
        except NotAllowed as refused:
            error = str(refused)
        else:
            made = Case.objects.select_related("owner").get(pk=made.pk)
            messages.success(
                request, f"It is being taken down everywhere, and {made.owner.name} has been told."
            )
            return redirect("cases:case", made.pk)
    context = {
        "post": post,
        "heading": mistakes.public_heading(post),
        "words": words,
        "error": error,
        "known": mistakes.reported(post),
    }
    return render(request, "cases/mistake.html", context, status=422 if error else 200)


_VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "note": (actions.add_note, "Kept."),
    "wait": (actions.wait, "Kept. The clock stands still."),
    "go_on": (actions.go_on, "Kept. The clock runs again."),
    "longer": (actions.take_longer, "Kept. It has two months more."),
    "meet": (actions.meet, "Kept. This clock has ended."),
    "words": (actions.approve_words, "Kept. Whoever passed it on can read these words now."),
    "close": (actions.close, "Closed, in your words."),
}


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: for who looks after it all of it, for who raised it their own words and how it
    stands."""
    user = me(request)
    everything = Case.objects.select_related(
        "school", "post", "owner", "deputy", "raised_by", "about", "closed_by"
    )
    found = everything.visible_to(user).filter(pk=pk).first()
    if found is None:
        raised = get_object_or_404(everything.raised_by(user), pk=pk)
        return render(request, "cases/raised.html", {"case": raised})
    typed, status = "", 200
    if request.method == "POST":
        typed = _press(request, found, user)
        if not typed:
            return redirect("cases:case", found.pk)
        status = 422
    return render(request, "cases/case.html", _facts(found, user) | {"typed": typed}, status=status)


def _press(request: HttpRequest, case: Case, user: User) -> str:
    """What was typed and not taken, so that it can be mended and not typed again; else empty."""
    verb, kept = _VERBS.get(request.POST.get("verb", ""), (None, ""))
    if verb is None:
        raise Http404
    words = request.POST.get("words", "")
    try:
        verb(case=case, words=words, by=user)
        messages.success(request, kept)
    except NotAllowed as error:
        messages.error(request, str(error))
        return words
    return ""


def _facts(case: Case, user: User) -> dict[str, Any]:
    return {
        "case": case,
        "notes": case.notes.select_related("by"),
        "concerned": case.concerned.select_related("child", "adult"),
        "may_take_longer": case.kind == Kind.ACCESS
        and case.state == Case.State.OPEN
        and not case.is_longer
        and not rules.is_past_first_month(case),
        "may_wait": case.kind == Kind.ACCESS
        and case.state == Case.State.OPEN
        and not case.is_overdue,
        "is_media": case.kind == Kind.MEDIA,
        "is_open": case.state != Case.State.CLOSED,
        "counts_hours": case.kind == Kind.HARMFUL,
        "opens_post": case.post is not None and user.may(Permission.POST_SEE_ALL, case.school_id),
    }
