"""Photos: the only door to their bytes, and the progress of their preparation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from posts import picturing
from posts.checks import check
from posts.errors import NotPossible
from posts.forms import DraftForm
from posts.hiding import shape_of
from posts.models import Post, Rendition, Wording
from posts.photos.render import CannotRender
from posts.renditions import bytes_for, spec_for
from posts.views.desk import Desk
from posts.views.reach import draft_or_404, picture_or_404
from schools.reach import me

SIZES = {"thumb": "thumb", "medium": "medium", "large": "working"}


@require_GET
def photo(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """The clean copy of a photo, to people who may see its post; never the original."""
    picture = picture_or_404(request, pk)
    name = SIZES.get(size)
    if name is None or not picture.is_ready:
        raise Http404
    return serve(getattr(picture, name))


@require_GET
def rendition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The exact bytes made for a channel."""
    visible = Post.objects.visible_to(me(request))
    found = get_object_or_404(Rendition.objects.filter(picture__post__in=visible), pk=pk)
    return serve(found.file)


@require_GET
def shaped(request: HttpRequest, pk: int, channel: int) -> HttpResponseBase:
    """The photo as this channel would get it now, to the byte, or the same small. Kept only when it
    is submitted."""
    picture = picture_or_404(request, pk)
    wordings = Wording.objects.filter(post=picture.post_id).select_related("channel__platform")
    where = get_object_or_404(wordings, channel=channel).channel
    if not picture.is_ready:
        raise Http404
    shape, spec = shape_of(picture, where.pk), spec_for(where.platform)
    is_small = "small" in request.GET
    kept = picture.renditions.filter(spec=spec.key_of(shape)).first()
    if kept is not None and not is_small:
        return serve(kept.file)
    try:
        made = bytes_for(picture, shape, spec, is_small=is_small)
    except (CannotRender, FileNotFoundError) as error:
        raise Http404 from error
    return _private(HttpResponse(made.data))


def serve(file: Any) -> HttpResponseBase:
    """Private, never stored, never sniffed; handed to nginx where it stands in front."""
    response: HttpResponseBase
    if settings.GOLIVE_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.GOLIVE_ACCEL_PREFIX}{file.name}"
    else:
        try:
            response = FileResponse(file.open("rb"))
        except FileNotFoundError as error:
            raise Http404 from error
    return _private(response)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Content-Type"] = "image/jpeg"
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changes on the composer while photos are prepared; htmx asks until all are done."""
    post = draft_or_404(request, pk)
    verdict = check(post)
    form = DraftForm(whole=verdict.case.whole, book=verdict.case.book)
    context = {
        "post": verdict.case.whole.post,
        "form": form,
        "desk": Desk(verdict, form, me(request)),
    }
    return render(request, "posts/_progress.html", context)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo of the composer's, sent by itself, so that a bad line costs only that one. Answers
    with a plain sentence; 400 asks for it once more, 409 says why it cannot be taken.

    A server does not tell a file that was cut off from a whole one; its size, sent before it, does.
    """
    post = draft_or_404(request, pk)
    file = request.FILES.get("photos")
    if file is None or str(file.size) != request.POST.get("size"):
        return _said("Only a part of it arrived.", 400)
    try:
        made = picturing.add(post=post, files=[file], by=me(request))
    except NotPossible as error:
        return _said(str(error), 409)
    return _said("arrived" if made else "is here already", 200)


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
