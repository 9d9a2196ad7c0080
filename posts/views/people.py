"""Who is in a photo: one name after the other with the keyboard, each person with their marks.

With JavaScript a press swaps the list and the focus stays in the field for the next name; without
it the page is loaded again, at that field.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Case, Max, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consents.models import Adult, Child
from posts import marks as marking
from posts import picturing
from posts.checks import Verdict, check
from posts.errors import NotPossible
from posts.models import Appearance, Found, Look, Picture
from posts.views.boxes import boxes
from posts.views.naming import pressed
from posts.views.places import places
from posts.views.reach import may_write, picture_or_404
from schools.reach import me

MOST_FOUND = 12
MOST_IN_A_CLASS = 60
MOST_LATELY = 8
LATELY = timedelta(days=60)
# The sides of a box, what they are called, and where a first box stands, in percent.
SIDES = (
    ("left", "From the left", 40),
    ("top", "From the top", 30),
    ("width", "Width", 20),
    ("height", "Height", 30),
)
# What the author says after looking; their clauses open what the policy asks.
_DECLARED = ("people_accounted", "nothing_readable")
_OVER = (Look.State.DONE, Look.State.FAILED)


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is in this photo. Everything on it is a button; typing only narrows the list."""
    picture = picture_or_404(request, pk)
    if not may_write(request, picture.post):
        return _elsewhere(request, reverse("posts:post", args=[picture.post_id]))
    if request.method != "POST":
        return _page(request, picture)
    if "done" in request.POST:
        return _done(request, picture)
    try:
        said, problem = pressed(request, picture), ""
    except NotPossible as error:
        said, problem = "", str(error)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, picture, said=said, problem=problem)
    messages.add_message(request, messages.ERROR if problem else messages.SUCCESS, problem or said)
    # A field and a heading that take the focus.
    place = "#s-people" if "gone" in request.POST else "#q"
    return redirect(reverse("posts:people", args=[picture.pk]) + place)


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """There, and not into a part of this page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address)
    return HttpResponse(headers={"HX-Redirect": address})


def _done(request: HttpRequest, picture: Picture) -> HttpResponse:
    complete, clean = "people_complete" in request.POST, "nothing_readable" in request.POST
    try:
        picturing.declare(
            picture=picture, people_complete=complete, nothing_readable=clean, by=me(request)
        )
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("posts:people", pk=picture.pk)
    if not (complete and clean):
        messages.info(request, "Kept. Tick both once you have looked; the post waits for that.")
        return redirect("posts:people", pk=picture.pk)
    return redirect(f"{reverse('posts:edit', args=[picture.post_id])}#s-photos")


def _page(
    request: HttpRequest, picture: Picture, *, said: str = "", problem: str = ""
) -> HttpResponse:
    sent = request.GET if request.method == "GET" else QueryDict()
    words, form = sent.get("q", "").strip(), sent.get("form", "").strip()
    found = _found(request, picture, words) if words else []
    pupils = _class(request, picture, form) if form else []
    target = request.htmx.target if request.htmx else ""  # type: ignore[attr-defined]
    if target == "found":
        context = {"q": words, "found": found, "form": form, "pupils": pupils}
        return render(request, "posts/_found.html", context)
    if "poll" in sent and not Look.objects.filter(picture=picture, state__in=_OVER).exists():
        return HttpResponse(status=204)  # nothing new, and nothing on the page is disturbed
    verdict = check(picture.post)
    pictures = verdict.case.whole.pictures
    shown = next(p for p in pictures if p.pk == picture.pk)
    listed = list(picture.appearances.select_related("child", "adult"))
    here = [f for f in verdict.findings if f.picture == picture.pk and f.channels]
    everything: dict[str, Any] = {
        "picture": shown,
        "places": places(verdict, shown, listed, sent.get("face", "")),
        "tall": round(marking.ACROSS * (shown.height or 1) / (shown.width or 1)),
        "sides": SIDES,
        "number": [p.pk for p in pictures].index(picture.pk) + 1,
        "post": picture.post,
        "channels": verdict.case.whole.channels,
        "appearances": listed,
        "q": words,
        "found": found,
        "form": form,
        "pupils": pupils,
        "boxes": boxes(verdict, here),
        "declared": [verdict.case.book.rule(key) for key in _DECLARED],
        "said": said,
        "problem": problem,
        "polled": "poll" in sent,
    }
    if target:
        return render(request, "posts/_people.html", everything)
    return render(request, "posts/people.html", everything | _choices(request, verdict, listed))


def _choices(request: HttpRequest, verdict: Verdict, listed: list[Appearance]) -> dict[str, Any]:
    """Whom a press can add: adults, classes, and who was named lately."""
    post = verdict.case.whole.post
    pickable = picturing.pickable(post, by=me(request))
    here = {a.child_id for a in listed}
    lately = (
        pickable.filter(
            appearances__added_by=me(request), appearances__added_at__gte=timezone.now() - LATELY
        )
        .exclude(pk__in=[pk for pk in here if pk])
        .annotate(last=Max("appearances__added_at"))
        .order_by("-last")
    )
    return {
        "adults": Adult.objects.here().filter(school=post.school_id)[:200],
        "classes": sorted(set(pickable.exclude(form="").values_list("form", flat=True))),
        "lately": [(child, verdict.case.told_apart(child)) for child in lately[:MOST_LATELY]],
    }


def _class(request: HttpRequest, picture: Picture, form: str) -> list[tuple[Child, str]]:
    """A whole class to tick, without those who are in the list; with the birthday of namesakes."""
    here = Appearance.objects.filter(picture=picture, kind="child").values("child_id")
    pickable = picturing.pickable(picture.post, by=me(request)).filter(form=form)
    ordered = pickable.exclude(pk__in=here).order_by("surname", "first_name", "pk")
    called = Counter(child.namesake_key for child in pickable)
    shown = list(ordered[:MOST_IN_A_CLASS])
    return [(child, child.birthday if called[child.namesake_key] > 1 else "") for child in shown]


def _found(request: HttpRequest, picture: Picture, words: str) -> list[tuple[Child, str]]:
    """Pupils of the post's school: first the classes of those who are in the post, then by class;
    with the birthday where name and class are the same. The list says nothing of anybody's
    permission."""
    pickable = picturing.pickable(picture.post, by=me(request))
    listed = Appearance.objects.filter(picture=picture, child__isnull=False)
    if picture.found.filter(sort=Found.Sort.FACE).exists():
        listed = listed.filter(faces__isnull=False)  # others may be the face that is asked about
    here = listed.values("child_id")
    found = pickable.matching(words).exclude(pk__in=here)
    called = Counter(child.namesake_key for child in pickable.matching(words))
    same_post = Child.objects.filter(appearances__picture__post=picture.post_id).values("form")
    near = Case(When(form__in=same_post, then=0), default=1)
    ordered = found.order_by(near, "form", "surname", "first_name", "pk")
    shown = list(ordered[:MOST_FOUND])
    return [(child, child.birthday if called[child.namesake_key] > 1 else "") for child in shown]
