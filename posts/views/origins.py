"""Where photos come from: one press for photos we took, and a page for everything else."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policy.rulebook import Rulebook
from posts.checks import Verdict
from posts.checks.rights import asked
from posts.errors import NotPossible
from posts.models import Post
from posts.origin_forms import OriginForm, chosen, device_choices
from posts.origins import actions, sentences
from posts.views.reach import may_write, picture_or_404
from schools.clock import noun
from schools.models import User
from schools.reach import me


@dataclass(frozen=True)
class Took:
    """The press for photos of which nothing is said yet."""

    number: int
    choices: list[tuple[str, str]]
    last: str


def took(verdict: Verdict, user: User) -> Took | None:
    """What the composer offers above its photos. Two queries, none when all is said."""
    number = sum(1 for _, picture in asked(verdict.case) if not picture.rights)
    book, post = verdict.case.book, verdict.case.whole.post
    if not number or not book.is_on("rights"):
        return None
    choices = device_choices(list(actions.usable_devices(post)), book)
    return Took(number, choices, f"device:{actions.last_device(user)}")


def keep_took(request: HttpRequest, post: Post) -> str:
    """ "We took them": do it and say what was done. Raises `NotPossible`."""
    book = Rulebook.in_force()
    devices = list(actions.usable_devices(post))
    device, kind = chosen(request.POST.get("took_with", ""), devices, book)
    if device is None and not kind:
        raise NotPossible("Choose first what the photos were taken with.")
    number = actions.we_took_them(post=post, by=me(request), device=device, device_kind=kind)
    return f"Kept: {noun(number, 'photo is', 'photos are')} ours."


@require_http_methods(["GET", "POST"])
def origin(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this photo comes from, beside what its file says."""
    picture = picture_or_404(request, pk)
    if not may_write(request, picture.post):
        return redirect("posts:post", pk=picture.post_id)
    user, book = me(request), Rulebook.in_force()
    form = OriginForm(request.POST or None, picture=picture, book=book, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say(picture=picture, said=form.said(), by=user)
            if "all" in request.POST:
                actions.say_of_all(post=picture.post, said=form.said(), by=user)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept.")
            return redirect(f"{reverse('posts:edit', args=[picture.post_id])}#s-photos")
    pictures = list(picture.post.pictures.values_list("pk", flat=True))
    context = {
        "picture": picture,
        "post": picture.post,
        "form": form,
        "number": pictures.index(picture.pk) + 1,
        "many": len(pictures) > 1,
        "file": sentences.file_told(picture),
        "register": sentences.compared(picture, list(actions.usable_devices(picture.post))),
        "rules": [book.rules[key] for key in _SHOWN if book.is_on(key)],
    }
    status = 422 if form.errors else 200
    return render(request, "posts/origin.html", context, status=status)


_SHOWN = ("rights", "device_approved", "logo", "internal_material", "misleading")
