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
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consents.models import Adult, Child
from consents.words import joined
from posts import marks as marking
from posts import picturing, settling
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Appearance, Found, Picture
from posts.views.boxes import boxes
from posts.views.places import NONE, places
from posts.views.reach import may_write, picture_or_404
from schools.models import User
from schools.reach import me, number_or_404

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
    face = _face(picture, sent.get("face", ""))
    if "child" in sent:
        return _name(picture, face, sent.getlist("child"), user)
    if "work" in sent:
        child = _pupil(picture, sent["work"], user)
        picturing.show_child(picture=picture, child=child, by=user, work=True)
        return f"Work by {child.full_name} is in the list."
    if "adult" in sent:
        wanted = number_or_404(sent["adult"])
        adult = get_object_or_404(Adult, school=picture.post.school_id, pk=wanted)
        if face:
            settling.is_adult(face=face, adult=adult, by=user)
        else:
            picturing.show_adult(picture=picture, adult=adult, by=user)
        return f"{adult.name} is in the list."
    if "somebody" in sent:
        if face:
            settling.is_somebody(face=face, by=user)
        else:
            picturing.show_somebody(picture=picture, by=user)
        return "Somebody who cannot be identified is in the list."
    return _of_what_is_there(request, picture, face, user)


def _of_what_is_there(
    request: HttpRequest, picture: Picture, face: Found | None, user: User
) -> str:
    sent = request.POST
    if "nobody" in sent and face:
        settling.tells_nobody(found=[face], by=user)
        return "Kept: that is no face."
    if "listed" in sent and face:
        settling.is_listed(face=face, appearance=_here(picture, sent["listed"]), by=user)
        return "Kept."
    if "open" in sent:
        settling.open_again(found=_found_here(picture, sent["open"]), by=user)
        return "Open again. Say whose face it is."
    if "calm" in sent:
        lines = [_found_here(picture, pk) for pk in sent.getlist("calm")]
        settling.tells_nobody(found=lines, by=user)
        return "Kept: that writing tells nobody who or where a child is."
    if "doubt" in sent:
        settling.open_again(found=_found_here(picture, sent["doubt"]), by=user)
        return "Open again. Look at that writing once more."
    if "again" in sent:
        settling.look_again(picture=picture, by=user)
        return "GoLive looks at the photo again. That takes a few seconds."
    if "gone" in sent:
        picturing.remove_appearance(appearance=_here(picture, sent["gone"]), by=user)
        return "Taken out of the list. Please look at the whole photo once more."
    if "mark" in sent:
        box = None if "unmark" in sent else marking.box_from(sent)
        marking.mark(appearance=_here(picture, sent["mark"]), box=box, by=user)
        return "The mark is gone." if box is None else "The mark is kept."
    raise NotPossible("Nothing was pressed that this page knows.")


def _name(picture: Picture, face: Found | None, wanted: list[str], user: User) -> str:
    """One pupil has the face that is asked about; several are ticked in a list of their class."""
    pupils = [_pupil(picture, pk, user) for pk in wanted]
    if face and len(pupils) == 1:
        settling.is_child(face=face, child=pupils[0], by=user)
    else:
        for pupil in pupils:
            picturing.show_child(picture=picture, child=pupil, by=user)
    names = joined([pupil.full_name for pupil in pupils])
    return f"{names} {'is' if len(pupils) == 1 else 'are'} in the list."


def _pupil(picture: Picture, pk: str, user: User) -> Child:
    return get_object_or_404(picturing.pickable(picture.post, by=user), pk=number_or_404(pk))


def _face(picture: Picture, said: str) -> Found | None:
    """The face that was asked about; none for somebody who is seen from behind."""
    found = _found_here(picture, said) if said and said != NONE else None
    return found if found is not None and found.is_face else None


def _found_here(picture: Picture, said: str) -> Found:
    found = get_object_or_404(Found.objects.filter(picture=picture), pk=number_or_404(said))
    found.picture = picture
    return found


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
    sent = request.GET if request.method == "GET" else QueryDict()
    words, form = sent.get("q", "").strip(), sent.get("form", "").strip()
    found = _found(request, picture, words) if words else []
    pupils = _class(request, picture, form) if form else []
    target = request.htmx.target if request.htmx else ""  # type: ignore[attr-defined]
    if target == "found":
        context = {"q": words, "found": found, "form": form, "pupils": pupils}
        return render(request, "posts/_found.html", context)
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
        "gone": "gone" in request.POST,
    }
    if target:
        return render(request, "posts/_people.html", everything)
    return render(request, "posts/people.html", everything | _choices(request, picture, listed))


def _choices(request: HttpRequest, picture: Picture, listed: list[Appearance]) -> dict[str, Any]:
    """Whom a press can add: adults, classes, and who was named lately."""
    pickable = picturing.pickable(picture.post, by=me(request))
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
        "adults": Adult.objects.here().filter(school=picture.post.school_id)[:200],
        "classes": sorted(set(pickable.exclude(form="").values_list("form", flat=True))),
        "lately": list(lately[:MOST_LATELY]),
    }


def _class(request: HttpRequest, picture: Picture, form: str) -> list[Child]:
    """A whole class to tick, without those who are in the list."""
    here = Appearance.objects.filter(picture=picture, kind="child").values("child_id")
    pickable = picturing.pickable(picture.post, by=me(request)).filter(form=form)
    ordered = pickable.exclude(pk__in=here).order_by("surname", "first_name", "pk")
    return list(ordered[:MOST_IN_A_CLASS])


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
