"""Covering, cropping and straightening one photo, for every channel or for one.

Every press is a form of its own. With JavaScript it swaps the page's middle and the shapes can be
drawn and moved on the photo; without it the numbers say the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policy.models import Channel
from posts import shaping
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Cover, Picture
from posts.photos.shape import Framing, Patch, patch_over
from posts.seeing.boxes import Box
from posts.views.reach import may_write, picture_or_404
from posts.views.shape_desk import ShapeDesk
from schools.reach import me, number_or_404

_PARTS = ("left", "top", "width", "height")


@require_http_methods(["GET", "POST"])
def shape(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What of this photo is shown, and what is covered."""
    picture = picture_or_404(request, pk)
    if not may_write(request, picture.post):
        return redirect("posts:post", pk=picture.post_id)
    if request.method != "POST":
        return _page(request, picture, _target(picture, request.GET.get("on", "")))
    channel = _target(picture, request.POST.get("on", ""))
    try:
        said, problem = _change(request, picture, channel), ""
    except NotPossible as error:
        said, problem = "", str(error)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, picture, channel, said=said, problem=problem)
    messages.add_message(request, messages.ERROR if problem else messages.SUCCESS, problem or said)
    on = f"?on={channel.pk}" if channel else ""
    return redirect(reverse("posts:shape", args=[picture.pk]) + on)


def _target(picture: Picture, said: str) -> Channel | None:
    """The channel it is about; None: all of them. Another post's is not found."""
    if not said:
        return None
    chosen = picture.post.wordings.select_related("channel__platform")
    return get_object_or_404(chosen, channel=number_or_404(said)).channel


def _change(request: HttpRequest, picture: Picture, channel: Channel | None) -> str:
    """Do what was pressed; return what was done, in words."""
    sent, user = request.POST, me(request)
    where = f"on {channel.platform.name}" if channel else "on every channel"
    if "place" in sent:
        places = {place.value: place for place in ShapeDesk(check(picture.post), picture).places}
        if sent["place"] not in places:
            raise NotPossible("That is no longer there. Here is the photo as it is now.")
        place = places[sent["place"]]
        patch = patch_over(place.box, is_round="oval" in sent)
        shaping.cover(picture=picture, patches=[patch], channel=channel, by=user)
        return f"{place.label} is covered {where}."
    if "everyone" in sent:
        shaping.cover_everyone(picture=picture, channels=[channel], by=user)
        return f"Everyone is covered {where}."
    if "add" in sent:
        shaping.cover(picture=picture, patches=[_patch(sent)], channel=channel, by=user)
        return f"That part is covered {where}."
    if "move" in sent:
        shaping.change(cover=_cover(picture, sent["move"]), patch=_patch(sent), by=user)
        return "The cover is where you put it."
    if "gone" in sent:
        shaping.uncover(cover=_cover(picture, sent["gone"]), by=user)
        return "The cover is gone."
    if "back" in sent:
        shaping.take_back(picture=picture, by=user)
        return "The last change is taken back."
    if "as_it_was" in sent:
        shaping.as_it_was(picture=picture, by=user)
        return "The photo is as it was: no cover, no crop."
    return _frame(request, picture, channel, where)


def _frame(request: HttpRequest, picture: Picture, channel: Channel | None, where: str) -> str:
    sent, user = request.POST, me(request)
    if "whole" in sent:
        shaping.frame(picture=picture, framing=Framing(), channel=channel, by=user)
        return f"All of the photo is shown {where}."
    if "crop" in sent:
        box, degrees = _box(sent), _number(sent, "degrees") if sent.get("degrees") else 0.0
        if box.left < 0 or box.top < 0 or box.left + box.width > 1.001:
            raise NotPossible("The crop must lie inside the photo.")
        wanted = Framing(
            Box.between(box.left, box.top, box.left + box.width, box.top + box.height),
            degrees,
            "border" in sent,
        )
        kept = shaping.frame(picture=picture, framing=wanted, channel=channel, by=user)
        smaller = kept.box != wanted.box
        note = " It is a little smaller, so that no corner stays empty." if smaller else ""
        return f"The photo is cropped {where}.{note}"
    raise NotPossible("Nothing was pressed that this page knows.")


def _patch(sent: Mapping[str, str]) -> Patch:
    return Patch(_box(sent), sent.get("form") == Cover.Form.ELLIPSE)


def _box(sent: Mapping[str, str]) -> Box:
    """Four numbers in percent of the photo."""
    box = Box(*(_number(sent, part) for part in _PARTS))
    if box.width < 0.005 or box.height < 0.005:
        raise NotPossible("Give a width and a height of at least 0.5 percent.")
    return box


def _number(sent: Mapping[str, str], name: str) -> float:
    """Percent as a fraction; degrees as they are. Raises `NotPossible`."""
    try:
        value = float(sent.get(name, "").replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -400 <= value <= 400:
        raise NotPossible("Give four numbers: from the left, from the top, width, height.")
    return value if name == "degrees" else value / 100


def _cover(picture: Picture, said: str) -> Cover:
    """A cover of this very photo."""
    cover = get_object_or_404(Cover.objects.filter(picture=picture), pk=number_or_404(said))
    cover.picture = picture
    return cover


def _page(
    request: HttpRequest,
    picture: Picture,
    channel: Channel | None,
    *,
    said: str = "",
    problem: str = "",
) -> HttpResponse:
    verdict = check(picture.post)
    desk = ShapeDesk(verdict, picture, channel)
    context = {
        "desk": desk,
        "picture": desk.picture,
        "post": verdict.case.whole.post,
        "channels": verdict.case.whole.channels,
        "target": channel,
        "said": said,
        "problem": problem,
    }
    partial = bool(request.htmx)  # type: ignore[attr-defined]
    return render(request, f"posts/{'_shape_change' if partial else 'shape'}.html", context)
