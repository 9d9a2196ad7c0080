"""Verbs about what was found in a photo: whose a face is, that it is none, that writing tells
nobody. A person says so; the machine never does (P9)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from consents.models import Adult, Child
from posts import picturing
from posts.actions import must_be_editable, touch
from posts.errors import NotPossible
from posts.models import Appearance, Found, Look, Picture
from posts.spotting import ask
from schools.models import User


@transaction.atomic
def is_child(*, face: Found, child: Child, by: User) -> Appearance:
    """This face is this pupil's. They join the list if they are not in it yet."""
    listed = _number(face)
    appearance = picturing.show_child(picture=face.picture, child=child, by=by)
    return _belongs(face, appearance, by, brought=_number(face) > listed)


@transaction.atomic
def is_adult(*, face: Found, adult: Adult, by: User) -> Appearance:
    """This face is this adult's."""
    listed = _number(face)
    appearance = picturing.show_adult(picture=face.picture, adult=adult, by=by)
    return _belongs(face, appearance, by, brought=_number(face) > listed)


@transaction.atomic
def is_somebody(*, face: Found, by: User) -> Appearance:
    """Nobody could recognise whose face it is."""
    appearance = picturing.show_somebody(picture=face.picture, by=by)
    return _belongs(face, appearance, by, brought=True)


@transaction.atomic
def is_listed(*, face: Found, appearance: Appearance, by: User) -> Appearance:
    """This face is that of somebody who is in the list already."""
    if appearance.picture_id != face.picture_id or appearance.kind == Appearance.Kind.WORK:
        raise NotPossible("That person is not in the list of this photo.")
    return _belongs(face, appearance, by, brought=False)


@transaction.atomic
def is_no_face(*, face: Found, by: User) -> None:
    """It only looks like one."""
    _must_be(face, Found.Sort.FACE)
    _say(face, None, by, is_nobody=True)


@transaction.atomic
def open_again(*, face: Found, by: User) -> Appearance | None:
    """What was said of it was wrong. Returns whoever left the list with it: somebody who came into
    it by this face alone, so that nobody stays in it by a slip."""
    _must_be(face, Found.Sort.FACE)
    return _say(face, None, by, is_nobody=False)


@transaction.atomic
def tells_nobody(*, lines: Sequence[Found], by: User) -> None:
    """Somebody looked: this writing tells nobody who or where a child is. What it seemed to say is
    kept no longer."""
    _look_over(lines, by, is_nobody=True)


@transaction.atomic
def doubted(*, line: Found, by: User) -> None:
    """It has to be looked at once more."""
    _look_over([line], by, is_nobody=False)


@transaction.atomic
def look_again(*, picture: Picture, by: User) -> None:
    """Try once more to look at a photo that could not be looked at."""
    must_be_editable(picture.post, by=by)
    look = Look.objects.filter(picture=picture).first()
    if look is None or look.state == Look.State.FAILED:
        ask(picture)
        touch(picture.post, by=by, what="looked_again", picture=picture.pk)


def _number(face: Found) -> int:
    return Appearance.objects.filter(picture=face.picture_id).count()


def _belongs(face: Found, appearance: Appearance, by: User, *, brought: bool) -> Appearance:
    _must_be(face, Found.Sort.FACE)
    _say(face, appearance, by, is_nobody=False, brought=brought)
    return appearance


def _must_be(found: Found, sort: Found.Sort) -> None:
    if found.sort != sort:
        raise NotPossible("That was found as something else. Load the page again.")


def _say(
    face: Found, appearance: Appearance | None, by: User, *, is_nobody: bool, brought: bool = False
) -> Appearance | None:
    """Returns whoever left the list."""
    picture = face.picture
    must_be_editable(picture.post, by=by)
    face.refresh_from_db(fields=["appearance", "is_nobody", "brought"])
    before, came = face.appearance, face.brought
    if (before, face.is_nobody) == (appearance, is_nobody):
        return None
    face.appearance, face.is_nobody, face.brought = appearance, is_nobody, brought
    face.settled_by = by
    face.save(update_fields=["appearance", "is_nobody", "brought", "settled_by"])
    touch(
        picture.post,
        by=by,
        what="face_settled",
        picture=picture.pk,
        found=face.pk,
        appearance=appearance and appearance.pk,
    )
    if before is None or not came or before.left is not None or before.faces.exists():
        return None
    before.picture = picture
    picturing.remove_appearance(appearance=before, by=by)
    return before


def _look_over(lines: Sequence[Found], by: User, *, is_nobody: bool) -> None:
    if not lines:
        return
    picture = lines[0].picture
    must_be_editable(picture.post, by=by)
    wanted = Found.objects.filter(
        picture=picture, sort=Found.Sort.WRITING, pk__in=[line.pk for line in lines]
    ).exclude(is_nobody=is_nobody)
    changed = sorted(wanted.values_list("pk", flat=True))
    if changed:
        kept = {"text": ""} if is_nobody else {}
        wanted.update(is_nobody=is_nobody, settled_by=by, **kept)
        touch(picture.post, by=by, what="writing_settled", picture=picture.pk, lines=len(changed))
