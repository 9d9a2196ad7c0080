"""One post with everything the checks ask about it, in a dozen questions that are worded once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, IntegerField, Model

from policy.models import Device, DeviceApproval, DeviceException
from posts.models import (
    Appearance,
    Cover,
    Found,
    Frame,
    LeftOut,
    MaterialRequest,
    Mention,
    Picture,
    Post,
    Question,
    Rendition,
    WarningAnswer,
    Wording,
)
from schools.statements import Statement, given

_POST: Any = given("post", IntegerField)


def _has(part: type[Model], post: str) -> Exists:
    return Exists(part._default_manager.filter(**{post: _POST}))


_posts = Statement(
    lambda: (
        Post.objects.select_related("school", "author", "purpose", "owned_by")
        .filter(pk=_POST)
        # What most posts have none of is only asked for where there is some.
        .annotate(
            mentioning=_has(Mention, "post"),
            answered=_has(WarningAnswer, "post"),
            questioned=_has(Question, "post"),
            covered=_has(Cover, "picture__post"),
            framed=_has(Frame, "picture__post"),
            leaving_out=_has(LeftOut, "picture__post"),
            materials_asked=_has(MaterialRequest, "picture__post"),
        )
    )
)
_wordings = Statement(
    lambda: Wording.objects.select_related("channel__platform").filter(post=_POST)
)
_mentions = Statement(lambda: Mention.objects.select_related("child").filter(post=_POST))
_answers = Statement(lambda: WarningAnswer.objects.select_related("by").filter(post=_POST))
_questions = Statement(lambda: Question.objects.filter(post=_POST))
_pictures = Statement(
    lambda: Picture.objects.select_related("device__owner", "logo", "deletion", "look").filter(
        post=_POST
    )
)
_appearances = Statement(
    lambda: Appearance.objects.select_related("child", "adult").filter(picture__post=_POST)
)
_found = Statement(lambda: Found.objects.filter(picture__post=_POST))
_covers = Statement(lambda: Cover.objects.filter(picture__post=_POST))
_frames = Statement(lambda: Frame.objects.filter(picture__post=_POST))
_left_out = Statement(lambda: LeftOut.objects.filter(picture__post=_POST))
_materials = Statement(lambda: MaterialRequest.objects.filter(picture__post=_POST))
_renditions = Statement(lambda: Rendition.objects.filter(picture__post=_POST))
_approvals = Statement(
    lambda: DeviceApproval.objects.filter(
        device__in=Picture.objects.filter(post=_POST).values("device")
    )
)
_exceptions = Statement(
    lambda: DeviceException.objects.filter(
        device__in=Picture.objects.filter(post=_POST).values("device")
    )
)


def loaded(pk: int) -> Post:
    """The post as the database has it now, with all its parts in memory: one query for each sort of
    part there is, however many, and two more where somebody's own device was used. Raises
    `Post.DoesNotExist`."""
    found = _posts.objects(post=pk)
    if not found:
        raise Post.DoesNotExist
    [post] = found
    has: Any = post
    pictures = _pictures.objects(post=pk)
    _keep(Post, [post], "pictures", pictures)
    wordings = _wordings.objects(post=pk)
    for channel in {w.channel for w in wordings if w.channel.school_id == post.school_id}:
        channel.school = post.school
    _keep(Post, [post], "wordings", wordings)
    _keep(Post, [post], "mentions", _mentions.objects(post=pk) if has.mentioning else [])
    _keep(Post, [post], "answers", _answers.objects(post=pk) if has.answered else [])
    _keep(Post, [post], "questions", _questions.objects(post=pk) if has.questioned else [])
    _keep(Picture, pictures, "appearances", _appearances.objects(post=pk))
    _keep(Picture, pictures, "found", _found.objects(post=pk))
    _keep(Picture, pictures, "covers", _covers.objects(post=pk) if has.covered else [])
    _keep(Picture, pictures, "frames", _frames.objects(post=pk) if has.framed else [])
    _keep(Picture, pictures, "left_out", _left_out.objects(post=pk) if has.leaving_out else [])
    asked = _materials.objects(post=pk) if has.materials_asked else []
    _keep(Picture, pictures, "materials", asked)
    # The trust's own needs no approval (`policy.devices.trouble`).
    own = {p.device for p in pictures if p.device and p.device.is_personal}
    if own:
        _keep(Device, own, "approvals", _approvals.objects(post=pk))
        _keep(Device, own, "exceptions", _exceptions.objects(post=pk))
    return post


def renditions(pk: int) -> dict[int, list[Rendition]]:
    """The bytes made of each of the post's pictures, by the picture's key. One query."""
    found: dict[int, list[Rendition]] = {}
    for one in _renditions.objects(post=pk):
        found.setdefault(one.picture_id, []).append(one)
    return found


def _keep(model: type[Model], owners: Iterable[Any], name: str, rows: Iterable[Any]) -> None:
    """As Django's own `prefetch_related` leaves them: `owner.name.all()` asks nothing more, and
    any other question about them is asked of the database."""
    field: Any = model._meta.get_field(name).remote_field
    parts: dict[int, tuple[Any, list[Any]]] = {owner.pk: (owner, []) for owner in owners}
    for row in rows:
        key = getattr(row, field.attname)
        if key in parts:  # a row that came between two of the questions
            owner, mine = parts[key]
            field.set_cached_value(row, owner)
            mine.append(row)
    for owner, mine in parts.values():
        kept = field.model._default_manager.get_queryset()
        kept._deferred_filter = (False, (), {field.name: owner})
        kept._result_cache, kept._prefetch_done = mine, True
        owner._prefetched_objects_cache = getattr(owner, "_prefetched_objects_cache", {})
        owner._prefetched_objects_cache[name] = kept
