"""Who is in a photo: one name after the other with the keyboard, each person with their marks.

With JavaScript a press swaps the list and the focus stays in the field for the next name; without
it the page is loaded again, at that field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from consents.models import Adult, Child
from posts import marks as marking
from posts import picturing
from posts.checks import Person, Verdict, check
from posts.errors import NotPossible
from posts.models import Appearance, Picture
from posts.views.boxes import boxes
from posts.views.reach import may_write, picture_or_404
from schools.reach import me, number_or_404

MOST_FOUND = 12
# The sides of a box, what they are called, and where a first box stands, in percent.
SIDES = (
    ("left", "From the left", 40),
    ("top", "From the top", 30),
    ("width", "Width", 20),
    ("height", "Height", 30),
)
# What the author says after looking; their clauses open what the policy asks.
_DECLARED = ("people_accounted", "nothing_readable")


@dataclass(frozen=True)
class Line:
    """Somebody in the photo, as the list says it."""

    appearance: Appearance
    person: Person


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is in this photo. Everything on it is a button; typing only narrows the list."""
    picture = picture_or_404(request, pk)
    if not may_write(request, picture.post):
        return redirect("posts:post", pk=picture.post_id)
    if request.method != "POST":
        return _page(request, picture)
    if "done" in request.POST:
        return _done(request, picture)
    try:
        said, problem = _change(request, picture), ""
    except NotPossible as error:
        said, problem = "", str(error)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, picture, said=said, problem=problem)
    messages.add_message(request, messages.ERROR if problem else messages.SUCCESS, problem or said)
    # A field and a heading that take the focus.
    place = "#s-people" if "gone" in request.POST else "#q"
    return redirect(reverse("posts:people", args=[picture.pk]) + place)


def _change(request: HttpRequest, picture: Picture) -> str:
    """Do what was pressed; return what was done, in words."""
    user, sent = me(request), request.POST
    post = picture.post
    if "child" in sent or "work" in sent:
        wanted = sent.get("child") or sent.get("work")
        child = get_object_or_404(picturing.pickable(post, by=user), pk=number_or_404(wanted))
        picturing.show_child(picture=picture, child=child, by=user, work="work" in sent)
        return f"{'Work by ' * ('work' in sent)}{child.full_name} is in the list."
    if "adult" in sent:
        adult = get_object_or_404(Adult, school=post.school_id, pk=number_or_404(sent["adult"]))
        picturing.show_adult(picture=picture, adult=adult, by=user)
        return f"{adult.name} is in the list."
    if "somebody" in sent:
        picturing.show_somebody(picture=picture, by=user)
        return "Somebody who cannot be identified is in the list."
    if "gone" in sent:
        picturing.remove_appearance(appearance=_here(picture, sent["gone"]), by=user)
        return "Taken out of the list. Please look at the whole photo once more."
    if "mark" in sent:
        box = None if "unmark" in sent else marking.box_from(sent)
        marking.mark(appearance=_here(picture, sent["mark"]), box=box, by=user)
        return "The mark is gone." if box is None else "The mark is kept."
    raise NotPossible("Nothing was pressed that this page knows.")


def _here(picture: Picture, said: str) -> Appearance:
    """Somebody in this very photo."""
    appearance = get_object_or_404(
        Appearance.objects.filter(picture=picture), pk=number_or_404(said)
    )
    appearance.picture = picture
    return appearance


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
    words = request.GET.get("q", "").strip() if request.method == "GET" else ""
    found = _found(request, picture, words) if words else []
    target = request.htmx.target if request.htmx else ""  # type: ignore[attr-defined]
    if target == "found":
        return render(request, "posts/_found.html", {"q": words, "found": found})
    verdict = check(picture.post)
    pictures = verdict.case.whole.pictures
    shown = next(p for p in pictures if p.pk == picture.pk)
    listed = list(picture.appearances.select_related("child", "adult"))
    width, height = shown.width or 1, shown.height or 1
    here = [f for f in verdict.findings if f.picture == picture.pk and f.channels]
    context: dict[str, Any] = {
        "picture": shown,
        "marks": marking.marks(listed, width=width, height=height),
        "tall": round(marking.ACROSS * height / width),
        "sides": SIDES,
        "number": [p.pk for p in pictures].index(picture.pk) + 1,
        "post": picture.post,
        "lines": list(_lines(verdict, listed)),
        "channels": verdict.case.whole.channels,
        "appearances": listed,
        "q": words,
        "found": found,
        "adults": Adult.objects.here().filter(school=picture.post.school_id)[:200],
        "boxes": boxes(verdict, here),
        "declared": [verdict.case.book.rule(key) for key in _DECLARED],
        "said": said,
        "problem": problem,
        "gone": "gone" in request.POST,
    }
    return render(request, f"posts/{'_people' if target else 'people'}.html", context)


def _lines(verdict: Verdict, listed: list[Appearance]) -> Iterator[Line]:
    """Each appearance with its person's marks, in the order of the numbers on the photo."""
    known = {(p.kind, p.child_id or p.adult_id): p for p in verdict.people()}
    for appearance in listed:
        who = known.get((appearance.kind, appearance.child_id or appearance.adult_id))
        if who is not None:
            yield Line(appearance, who)


def _found(request: HttpRequest, picture: Picture, words: str) -> list[tuple[Child, str]]:
    """Pupils of the post's school by class; with the birthday where name and class are the same.
    The list says nothing of anybody's permission."""
    pickable = picturing.pickable(picture.post, by=me(request))
    here = Appearance.objects.filter(picture=picture, child__isnull=False).values("child_id")
    found = pickable.matching(words).exclude(pk__in=here)
    called = Counter(child.namesake_key for child in pickable.matching(words))
    shown = list(found.order_by("form", "surname", "first_name", "pk")[:MOST_FOUND])
    return [(child, child.birthday if called[child.namesake_key] > 1 else "") for child in shown]
