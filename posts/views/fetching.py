"""Fetching a photo in full size: asked why, and written down."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from policy.rulebook import Rulebook
from posts import fetching
from posts.errors import NotPossible
from posts.models import Fetched
from posts.photos.render import neutral_name
from posts.views.reach import picture_or_404
from schools.reach import me

RULE = "trust_photos"


@require_http_methods(["GET", "POST"])
def full_size(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that asks; its button answers with the file."""
    picture, user = picture_or_404(request, pk), me(request)
    if not picture.is_ready or not fetching.may_fetch(picture, user):
        raise Http404
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        for_school = "for_school" in request.POST
        try:
            data = fetching.fetch(picture=picture, reason=reason, is_for_school=for_school, by=user)
        except NotPossible as error:
            problem = str(error)
        else:
            return _file(data, neutral_name(picture.position, picture.working_sha256))
    book, post = Rulebook.in_force(), picture.post
    context = {
        "picture": picture,
        "post": post,
        "number": list(post.pictures.values_list("pk", flat=True)).index(picture.pk) + 1,
        "problem": problem,
        "reason": reason,
        "rule": book.rules[RULE] if book.is_on(RULE) else None,
        "fetched": Fetched.objects.filter(post=post, photo=pk).select_related("by"),
    }
    return render(request, "posts/full_size.html", context, status=422 if problem else 200)


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
