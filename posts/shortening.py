"""Out of "cannot be named in full": only the first name is written, where that is allowed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from consents.models import Child, Kind
from policy.models import Channel
from posts.actions import must_be_editable, touch
from posts.checks import check
from posts.checks.case import Case
from posts.errors import NotPossible
from posts.models import Post
from posts.words.names import Match, find
from schools.models import User

_OWNERS = ("’s", "'s")


def may_be_first_names(case: Case, channel: Channel, children: Iterable[int]) -> bool:
    """May each of them be named there by the first name alone?"""
    named = case.permitted.permits_name
    return all(named(pk, channel.platform_id, Kind.FIRST_NAME) for pk in children)


@transaction.atomic
def first_names_only(*, post: Post, channels: list[Channel], by: User) -> bool:
    """Writes the first name for each whole name that may not stand on these channels; returns
    whether anything changed. The words become these channels' own; title and alt texts are every
    channel's, so there it is the first name for all."""
    must_be_editable(post, by=by)
    changed = False
    for channel in channels:
        case = check(post).case
        if not may_be_first_names(case, channel, _refused(case, channel)):
            raise NotPossible("The first name may not be written there either.")
        changed |= (
            _in_words(case, channel) | _in_title(case, channel) | _in_alt_texts(case, channel)
        )
    if changed:
        touch(post, by=by, what="words")
    return changed


def _refused(case: Case, channel: Channel) -> set[int]:
    """Those on this channel who may not be named in full there."""
    named = case.permitted.permits_name
    here = case.whole.children_on(channel)
    return {pk for pk in here if not named(pk, channel.platform_id, Kind.FULL_NAME)} & _named(
        case, channel
    )


def _named(case: Case, channel: Channel) -> set[int]:
    texts = [case.whole.post.title, *(p.alt_text for p in case.whole.shown_on(channel))]
    texts += [w.words() for w in case.whole.wordings if w.channel_id == channel.pk]
    here = case.whole.children_on(channel)
    found = [m for text in texts for m in find(text, case.names, narrow_to=here)]
    return {pk for m in found if m.kind == "full_name" for pk in m.child_ids & here}


def _in_words(case: Case, channel: Channel) -> bool:
    wording = next(w for w in case.whole.wordings if w.channel_id == channel.pk)
    text = shortened(wording.words(), case, _refused(case, channel))
    if text == wording.words():
        return False
    wording.text = text
    wording.save(update_fields=["text"])
    return True


def _in_title(case: Case, channel: Channel) -> bool:
    post = case.whole.post
    title = shortened(post.title, case, _refused(case, channel))
    return title != post.title and bool(Post.objects.filter(pk=post.pk).update(title=title))


def _in_alt_texts(case: Case, channel: Channel) -> bool:
    changed = False
    for picture in case.whole.shown_on(channel):
        said = shortened(picture.alt_text, case, _refused(case, channel))
        if said != picture.alt_text:
            picture.alt_text = said
            picture.save(update_fields=["alt_text"])
            changed = True
    return changed


def shortened(text: str, case: Case, children: set[int]) -> str:
    """The text with the first name alone wherever one of these children is named in full."""
    for match in reversed(find(text, case.names, narrow_to=children)):
        whose = sorted(match.child_ids & children)
        if match.kind == "full_name" and whose:
            name = _first_name(case.pupil(whose[0]), match)
            text = text[: match.start] + name + text[match.end :]
    return text


def _first_name(child: Child, match: Match) -> str:
    """The one they are called by, if that is what is written there; with its ’s."""
    written = match.text.casefold()
    both = (child.preferred_first_name, child.first_name)
    name = next((n for n in both if n and n.casefold() in written), child.first_name)
    return name + next((end for end in _OWNERS if match.text.endswith(end)), "")
