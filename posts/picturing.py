"""Verbs about photos and the people in them. Like all content, each change raises the revision."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from audit.actions import record
from consents.models import Adult, Child
from consents.models.people import ChildQuerySet
from policy.models import Channel
from posts.actions import must_be_editable, touch
from posts.erasing import erase
from posts.errors import NotPossible
from posts.models import Appearance, LeftOut, Mention, Picture, Post
from posts.photos.verify import larger_than
from schools.models import Trust, User

MOST_AT_ONCE = 20
_NOT_HERE = "That pupil is not on the roll of this post’s school."


@transaction.atomic
def add(*, post: Post, files: list[UploadedFile], by: User) -> list[Picture]:
    """Keep the originals, private and hashed; return those that were not there yet.

    They are looked at in the background; one that is too large is said to be so at once, and not
    kept. One that was refused before is tried once more.
    """
    # Holds the row of the post: of two who send the same photo, the second finds it there.
    must_be_editable(post, by=by)
    there = {picture.sha256: picture for picture in post.pictures.all()}
    wanted: dict[str, UploadedFile] = {}
    for file in files:
        digest = _digest(file)
        if digest not in there or there[digest].state == Picture.State.REFUSED:
            wanted.setdefault(digest, file)
    if len(wanted.keys() | there.keys()) > MOST_AT_ONCE:
        raise NotPossible(f"A post takes up to {MOST_AT_ONCE} photos.")
    last = max((picture.position for picture in there.values()), default=0)
    made = []
    for digest, file in wanted.items():
        picture = there.get(digest)
        if picture is None:
            last += 1
            picture = Picture(post=post, position=last, sha256=digest)
        made.append(_keep(picture, file, by))
    if made:
        touch(post, by=by, what="photos_added", pictures=[p.pk for p in made])
    return made


@transaction.atomic
def remove(*, picture: Picture, by: User) -> None:
    """Take a photo out of the draft and delete every file made from it (failure 31)."""
    post = picture.post
    must_be_editable(post, by=by)
    erase([picture.original, picture.working, picture.medium, picture.thumb])
    erase([rendition.file for rendition in picture.renditions.all()])
    number = picture.pk
    picture.delete()
    touch(post, by=by, what="photo_removed", picture=number)


@transaction.atomic
def describe(
    *,
    picture: Picture,
    alt_text: str,
    is_decorative: bool,
    by: User,
    page: str = "",
    turn: int = 0,
) -> bool:
    """Set the alt text; return whether it changed. `page` and `turn`: as for `actions.save`."""
    must_be_editable(picture.post, by=by)
    alt_text = " ".join(alt_text.split())
    if (picture.alt_text, picture.is_decorative) == (alt_text, is_decorative):
        return False
    picture.alt_text, picture.is_decorative = alt_text, is_decorative
    picture.save(update_fields=["alt_text", "is_decorative"])
    touch(picture.post, by=by, what="alt_text", picture=picture.pk, page=page, turn=turn)
    return True


@transaction.atomic
def show_child(*, picture: Picture, child: Child, by: User, work: bool = False) -> Appearance:
    """This pupil (or their own work) is in the photo. The pupil must be on the roll of the post's
    school (P8); a leaver's photo is not used again (R-164)."""
    must_be_editable(picture.post, by=by)
    _must_be_on_the_roll(child, picture.post, by)
    kind = Appearance.Kind.WORK if work else Appearance.Kind.CHILD
    return _appear(picture, by, kind=kind, child=child)


@transaction.atomic
def show_children(*, picture: Picture, children: Sequence[Child], by: User) -> None:
    """These pupils are in the photo, for instance half a class. As many questions as for one."""
    must_be_editable(picture.post, by=by)
    wanted = {child.pk for child in children}
    if pickable(picture.post, by=by).filter(pk__in=wanted).count() != len(wanted):
        raise NotPossible(_NOT_HERE)
    here = Appearance.objects.filter(picture=picture, kind=Appearance.Kind.CHILD)
    new = wanted - set(here.values_list("child_id", flat=True))
    if new:
        Appearance.objects.bulk_create(
            Appearance(picture=picture, kind=Appearance.Kind.CHILD, child_id=pk, added_by=by)
            for pk in sorted(new)
        )
        touch(picture.post, by=by, what="people_added", picture=picture.pk, people=len(new))


@transaction.atomic
def show_adult(*, picture: Picture, adult: Adult, by: User) -> Appearance:
    """This adult is in the photo."""
    must_be_editable(picture.post, by=by)
    if adult.school_id != picture.post.school_id:
        raise NotPossible("That person belongs to another school.")
    if adult.has_left():
        raise NotPossible(f"{adult.name} has left the school.")
    return _appear(picture, by, kind=Appearance.Kind.ADULT, adult=adult)


@transaction.atomic
def show_somebody(*, picture: Picture, by: User) -> Appearance:
    """Somebody is in the photo whom nobody could recognise: a back, a blur, far away."""
    must_be_editable(picture.post, by=by)
    return _appear(picture, by, kind=Appearance.Kind.UNIDENTIFIABLE)


@transaction.atomic
def remove_appearance(*, appearance: Appearance, by: User) -> None:
    """That person is not in the photo after all."""
    picture = appearance.picture
    must_be_editable(picture.post, by=by)
    number = appearance.pk
    appearance.delete()
    _look_again(picture)
    touch(picture.post, by=by, what="person_removed", picture=picture.pk, appearance=number)


@transaction.atomic
def declare(*, picture: Picture, people_complete: bool, nothing_readable: bool, by: User) -> bool:
    """The author looked at the photo: everyone is accounted for, and nothing readable tells who
    anyone is. Returns whether it changed."""
    must_be_editable(picture.post, by=by)
    before = (picture.people_complete, picture.nothing_readable)
    if before == (people_complete, nothing_readable):
        return False
    picture.people_complete, picture.nothing_readable = people_complete, nothing_readable
    picture.save(update_fields=["people_complete", "nothing_readable"])
    touch(
        picture.post,
        by=by,
        what="looked_at",
        picture=picture.pk,
        people_complete=people_complete,
        nothing_readable=nothing_readable,
    )
    return True


@transaction.atomic
def leave_out(*, picture: Picture, channel: Channel, by: User) -> None:
    """Do not show this photo on that channel."""
    must_be_editable(picture.post, by=by)
    _, made = LeftOut.objects.get_or_create(picture=picture, channel=channel)
    if made:
        touch(picture.post, by=by, what="left_out", picture=picture.pk, channel=channel.pk)


@transaction.atomic
def put_back(*, picture: Picture, channel: Channel, by: User) -> None:
    """Show it there again; the checks then speak up if somebody in it may not be shown."""
    must_be_editable(picture.post, by=by)
    gone, _ = LeftOut.objects.filter(picture=picture, channel=channel).delete()
    if gone:
        touch(picture.post, by=by, what="put_back", picture=picture.pk, channel=channel.pk)


@transaction.atomic
def mention(*, post: Post, child: Child, by: User) -> None:
    """This pupil is meant by a name in the words, so their permission to be named is checked."""
    must_be_editable(post, by=by)
    _must_be_on_the_roll(child, post, by)
    _, made = Mention.objects.get_or_create(post=post, child=child, defaults={"added_by": by})
    if made:
        touch(post, by=by, what="mentioned", child=child.pk)


@transaction.atomic
def unmention(*, post: Post, child_id: int, by: User) -> None:
    """No pupil is meant after all."""
    must_be_editable(post, by=by)
    gone, _ = Mention.objects.filter(post=post, child=child_id).delete()
    if gone:
        touch(post, by=by, what="unmentioned", child=child_id)


def pickable(post: Post, *, by: User) -> ChildQuerySet:
    """The pupils this person may say are in this post: on the roll of its school."""
    return Child.objects.pickable_by(by).filter(school=post.school_id)


def _must_be_on_the_roll(child: Child, post: Post, by: User) -> None:
    if not pickable(post, by=by).filter(pk=child.pk).exists():
        raise NotPossible(_NOT_HERE)


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _keep(picture: Picture, file: UploadedFile, by: User) -> Picture:
    picture.original_name = (file.name or "")[:200]
    picture.uploaded_by = by
    picture.state, picture.problem, picture.tries = Picture.State.WAITING, "", 0
    limit = Trust.load().largest_photo_mib * 2**20
    if (file.size or 0) > limit:
        picture.state, picture.problem = Picture.State.REFUSED, larger_than(limit)
    else:
        picture.original.save("original", file, save=False)
    picture.save()
    school = picture.post.school_id
    record(
        "picture.added",
        picture,
        by=by,
        school_id=school,
        post=picture.post_id,
        sha256=picture.sha256,
    )
    if picture.state == Picture.State.REFUSED:
        record("picture.refused", picture, by=None, school_id=school)
    return picture


def _appear(picture: Picture, by: User, **who: Any) -> Appearance:
    if who["kind"] != Appearance.Kind.UNIDENTIFIABLE:
        same = Appearance.objects.filter(picture=picture, **who).first()
        if same is not None:
            return same
    appearance = Appearance.objects.create(picture=picture, added_by=by, **who)
    touch(picture.post, by=by, what="person_added", picture=picture.pk, appearance=appearance.pk)
    return appearance


def _look_again(picture: Picture) -> None:
    """Taking somebody out of the list undoes "everyone is accounted for"."""
    if picture.people_complete:
        picture.people_complete = False
        picture.save(update_fields=["people_complete"])
