"""Photos on somebody's own phone: to be deleted there, confirmed by its owner, chased (R-066)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.models import Device
from policy.rulebook import Rulebook
from posts.errors import NotPossible
from posts.models import Deletion, Picture
from posts.origins.rules import deletion_asked
from schools.actions import tell
from schools.clock import noun
from schools.models import User
from schools.roles import Permission

A_DAY = timedelta(hours=24)
AT_ONCE = 500
PATH = "/posts/deletions/"


def follow(pictures: Iterable[Picture], *, by: User) -> None:
    """After the device of photos was said: whoever owns it is asked to delete them there, at once.
    A device named by mistake asks nobody any longer. Call inside the transaction."""
    wanted = deletion_asked(Rulebook.in_force())
    asked: Counter[User] = Counter()
    for picture in pictures:
        device = picture.device
        owner = device.owner if device is not None and device.is_personal else None
        others = Deletion.objects.filter(picture=picture).exclude(device=device)
        others.open().delete()
        # What was confirmed stays on record, and is no word about another device.
        others.update(picture=None)
        if wanted and device is not None and owner is not None:
            asked[owner] += _asked(picture, device, owner, by)
    for owner, number in asked.items():
        if number:
            _ask(owner, number)


@transaction.atomic
def confirm(
    *,
    deletions: Iterable[int],
    by: User,
    from_device: bool,
    from_backup: bool,
    from_bin: bool,
) -> int:
    """The owner's word that these photos are gone from the phone, its cloud copy and its bin.
    Returns how many were confirmed; one's own only."""
    if not (from_device and from_backup and from_bin):
        raise NotPossible("Delete them in all three places first, then tick each.")
    mine = Deletion.objects.open().filter(owner=by, pk__in=list(deletions)).select_for_update()
    now, found = timezone.now(), list(mine)
    for deletion in found:
        deletion.from_device = deletion.from_backup = deletion.from_bin = True
        deletion.confirmed_at = now
        deletion.save()
        record("deletion.confirmed", deletion, by=by, device=deletion.device_id)
    return len(found)


def chase(*, at: datetime | None = None) -> int:
    """Once, a day after the first asking: remind the owner and tell the Heads. Returns how many
    photos are still waited for."""
    moment = at or timezone.now()
    late = Deletion.objects.waiting_since(moment - A_DAY).filter(reminded_at=None)
    with transaction.atomic():
        found = list(late.select_for_update().select_related("owner", "school")[:AT_ONCE])
        Deletion.objects.filter(pk__in=[d.pk for d in found]).update(reminded_at=moment)
        for owner, number in Counter(d.owner for d in found).items():
            _ask(owner, number, again=True)
        for (owner, school), number in Counter((d.owner, d.school) for d in found).items():
            tell(
                list(User.objects.who_may(Permission.POST_APPROVE, school).exclude(pk=owner.pk)),
                subject=f"Not confirmed: {noun(number, 'photo', 'photos')} on a personal device",
                body=f"{owner.name} was asked a day ago to delete photos from their own device "
                "and has not said that they are gone.",
                path=PATH,
            )
    return len(found)


def _asked(picture: Picture, device: Device, owner: User, by: User) -> bool:
    """Write down that it is owed; False when it was already."""
    deletion, made = Deletion.objects.get_or_create(
        picture=picture,
        defaults={"school": picture.post.school, "device": device, "owner": owner},
    )
    if made:
        record("deletion.asked", deletion, by=by, device=device.pk, picture=picture.pk)
    return made


def _ask(owner: User, number: int, *, again: bool = False) -> None:
    photos = noun(number, "photo", "photos")
    still = "Still to be deleted" if again else "To be deleted"
    tell(
        [owner],
        subject=f"{still} from your own device: {photos}",
        body="They are in GoLive now. Delete them from the device, from its cloud copy and from "
        "“recently deleted”, then say so here. Posts with them wait for that.",
        path=PATH,
    )
