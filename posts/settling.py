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
    return _belongs(face, picturing.show_child(picture=face.picture, child=child, by=by), by)


@transaction.atomic
def is_adult(*, face: Found, adult: Adult, by: User) -> Appearance:
    """This face is this adult's."""
    return _belongs(face, picturing.show_adult(picture=face.picture, adult=adult, by=by), by)


@transaction.atomic
def is_somebody(*, face: Found, by: User) -> Appearance:
    """Nobody could recognise whose face it is."""
    return _belongs(face, picturing.show_somebody(picture=face.picture, by=by), by)


@transaction.atomic
def is_listed(*, face: Found, appearance: Appearance, by: User) -> Appearance:
    """This face is that of somebody who is in the list already."""
    if appearance.picture_id != face.picture_id or appearance.kind == Appearance.Kind.WORK:
        raise NotPossible("That person is not in the list of this photo.")
    return _belongs(face, appearance, by)


@transaction.atomic
def tells_nobody(*, found: Sequence[Found], by: User) -> None:
    """No face at all, or writing that tells nobody who or where a child is."""
    for one in found:
        _change(one, None, by, is_nobody=True)


@transaction.atomic
def open_again(*, found: Found, by: User) -> None:
    """What was said of it was wrong. Whoever it was said to be and has no other face leaves the
    list, so that nobody stays in it by a slip."""
    appearance = found.appearance
    _change(found, None, by, is_nobody=False)
    if appearance is not None and not appearance.faces.exists() and appearance.left is None:
        picturing.remove_appearance(appearance=appearance, by=by)


@transaction.atomic
def look_again(*, picture: Picture, by: User) -> None:
    """Try once more to look at a photo that could not be looked at."""
    must_be_editable(picture.post, by=by)
    look = Look.objects.filter(picture=picture).first()
    if look is None or look.state == Look.State.FAILED:
        ask(picture)
        touch(picture.post, by=by, what="looked_again", picture=picture.pk)


def _belongs(face: Found, appearance: Appearance, by: User) -> Appearance:
    if not face.is_face:
        raise NotPossible("That is writing, not a face.")
    _change(face, appearance, by, is_nobody=False)
    return appearance


def _change(found: Found, appearance: Appearance | None, by: User, *, is_nobody: bool) -> None:
    picture = found.picture
    must_be_editable(picture.post, by=by)
    if (found.appearance_id, found.is_nobody) == (appearance and appearance.pk, is_nobody):
        return
    before = found.appearance
    found.appearance, found.is_nobody, found.settled_by = appearance, is_nobody, by
    found.save(update_fields=["appearance", "is_nobody", "settled_by"])
    _drop(before)
    touch(
        picture.post,
        by=by,
        what="found_settled",
        picture=picture.pk,
        found=found.pk,
        appearance=appearance and appearance.pk,
    )


def _drop(before: Appearance | None) -> None:
    """A face that "cannot be identified" and has been identified is no second person."""
    if before is None or before.kind != Appearance.Kind.UNIDENTIFIABLE or before.left is not None:
        return
    if not before.faces.exists():
        before.delete()
