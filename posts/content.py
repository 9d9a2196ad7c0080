"""The exact post as one canonical value with one digest (P1).

Whatever a reader of the published post could see or be told is in here, and who may be seen in it.
The same content gives the same digest in any process and on any database; anything else changes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from policy.models import Channel
from posts.models import Appearance, Picture, Rendition, Wording
from posts.origins.rules import permitted
from posts.photos.render import neutral_name
from posts.photos.shape import Shape
from posts.renditions import key_for
from posts.whole import WholePost

Content = dict[str, Any]
# The form of a post's content from which on it says what is done to photos, and who is seen then.
SINCE_FORM = 4


def freeze(whole: WholePost) -> Content:
    """The post as plain JSON values. Renditions must exist already (`posts.renditions.prepare`);
    a missing one raises `KeyError`, so that a post never goes out with fewer photos than approved.
    """
    post = whole.post
    content: Content = {
        "school": post.school_id,
        "author": post.author_id,
        "purpose": post.purpose.key if post.purpose else "",
        "owned_by": post.owned_by_id,
        "title": post.title,
        "goes_out_at": post.goes_out_at.isoformat() if post.goes_out_at else "",
        "channels": [_channel(whole, wording) for wording in whole.wordings],
        "people": _people(whole),
        "named": sorted(m.child_id for m in post.mentions.all()),
    }
    if post.content_form == 1:
        # Frozen before anybody was asked where photos come from: its digest must stay true.
        return content
    content |= {
        "form": post.content_form,
        "origins": [_origin(picture) for picture in whole.pictures],
    }
    if post.content_form < SINCE_FORM:
        return content
    return content | {"seen": [_seen(whole, wording.channel) for wording in whole.wordings]}


def digest(content: Content) -> str:
    """SHA-256 (hex) of the content's canonical JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _channel(whole: WholePost, wording: Wording) -> Content:
    channel = wording.channel
    shown = whole.shown_on(channel)
    return {
        "channel": channel.pk,
        "platform": channel.platform.key,
        "account": channel.name,
        "way": channel.way,
        "text": whole.text_on(wording),
        "photos": [_photo(n, p, _rendition(whole, p, channel)) for n, p in enumerate(shown, 1)],
    }


def _rendition(whole: WholePost, picture: Picture, channel: Channel) -> Rendition:
    spec = key_for(whole, picture, channel)
    return {r.spec: r for r in whole.renditions_of(picture)}[spec]


def _seen(whole: WholePost, channel: Channel) -> Content:
    """What is done to each photo for this channel, and who can be seen in it then."""
    shown = whole.shown_on(channel)
    return {
        "channel": channel.pk,
        "shapes": {str(p.pk): _shape(whole.shape_on(p, channel)) for p in shown},
        "people": _sorted(_person(p, a) for p in shown for a in whole.people_on(p, channel)),
    }


def _shape(shape: Shape) -> Content:
    return {
        "covers": [[*patch.box, patch.is_round] for patch in shape.patches],
        "crop": [*shape.framing.box],
        "degrees": shape.framing.degrees,
        "border": shape.framing.has_border,
    }


def _photo(number: int, picture: Picture, rendition: Rendition) -> Content:
    return {
        "picture": picture.pk,
        "rendition": rendition.pk,
        "sha256": rendition.sha256,
        "width": rendition.width,
        "height": rendition.height,
        "file_name": neutral_name(number, rendition.sha256),
        "alt": "" if picture.is_decorative else picture.alt_text,
        "decorative": picture.is_decorative,
    }


def _origin(picture: Picture) -> Content:
    """Why the picture may be used, and what it shows besides people. The rows named by number are
    what the yes of the CIO, the Headteacher or the owner of a phone is kept in."""
    deletion = getattr(picture, "deletion", None)
    return {
        "picture": picture.pk,
        "rights": picture.rights,
        "evidence": picture.evidence,
        "credit": picture.credit,
        "device": picture.device_id,
        "device_kind": picture.device_kind,
        "deletion": deletion.pk if deletion else None,
        "altered": picture.altered,
        "logo_shown": picture.logo_shown,
        "logo": picture.logo_id,
        "has_document": picture.has_document,
        "permissions": sorted(m.pk for m in permitted(picture)),
        "face_clear": picture.face_clear,
    }


def _people(whole: WholePost) -> list[Content]:
    return _sorted(_person(picture, a) for picture, a in whole.appearances())


def _person(picture: Picture, a: Appearance) -> Content:
    return {"picture": picture.pk, "kind": a.kind, "child": a.child_id, "adult": a.adult_id}


def _sorted(rows: Iterable[Content]) -> list[Content]:
    return sorted(rows, key=lambda r: (r["picture"], r["kind"], r["child"] or 0, r["adult"] or 0))
