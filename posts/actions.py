"""Verbs about drafts. Every change of content goes through here, raises the revision, and is kept
in history; saving what is there already changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.actions import record
from audit.models import Event
from policy import people
from policy.confirming import said
from policy.findings import Finding
from policy.models import Channel, Purpose
from posts.checks import check
from posts.checks.grown import NAMED
from posts.errors import NotPossible, Overtaken, Refused, SomebodyWasFaster
from posts.lifecycle import EDITABLE, State
from posts.models import Post, WarningAnswer, Wording
from posts.moves import move
from schools.models import School, User
from schools.roles import Permission

LONGEST_ANSWER = 500
# The changes that saving the form could overwrite; people in photos have pages of their own.
_ON_THE_FORM = frozenset({"words", "alt_text", "channel_dropped"})
_SAVED_SINCE = "This was saved again meanwhile."
_WITH_THE_HEAD = "It is out of your hands now. Take it back first, then throw the draft away."
# What to press instead of throwing it away.
_INSTEAD = {
    State.SUBMITTED: _WITH_THE_HEAD,
    State.APPROVED: _WITH_THE_HEAD,
    State.CLOSED: "It has gone out. It is taken down where it went: open it under Where it went.",
}


@dataclass
class Words:
    """What the draft form says. `own_words` maps a channel's id to its own text; a channel that is
    not in it keeps its own. `audience`: None keeps the post's own."""

    title: str
    text: str
    purpose: Purpose | None
    owned_by: User | None
    goes_out_at: datetime | None
    channels: list[Channel]
    own_words: dict[int, str] = field(default_factory=dict)
    audience: str | None = None


@transaction.atomic
def start(*, school: School, by: User) -> Post:
    """An empty draft at a school where this person may draft. Raises `Refused` for who has not
    acknowledged the policy or lacks a training that is asked for."""
    if not by.may(Permission.POST_DRAFT, school):
        raise NotPossible(f"You have no role at {school.name} that lets you draft posts.")
    _must_be_ready(by, school.pk)
    post = Post.objects.create(school=school, author=by)
    record("post.started", post, by=by)
    return post


@transaction.atomic
def save(
    *,
    post: Post,
    words: Words,
    by: User,
    seen_revision: int | None = None,
    page: str = "",
    turn: int = 0,
) -> bool:
    """Save the form; return whether anything changed.

    `seen_revision` is the revision the writer's page was made from, `page` that page's own mark:
    when the words were saved from anywhere else in between, `SomebodyWasFaster` is raised and
    nothing is lost or overwritten. The page's own saves, made while typing, are no conflict; of
    those, `turn` counts up, and one that was overtaken on its way raises `Overtaken`.
    """
    must_be_editable(post, by=by)
    if page and page == post.saved_page and turn < post.saved_turn:
        raise Overtaken(_SAVED_SINCE)
    if seen_revision is not None:
        _must_be_the_latest(post, seen_revision, by, page, turn)
    Post.objects.filter(pk=post.pk).update(saved_page=page, saved_turn=turn)
    changed = _set_fields(post, words) | _set_channels(post, words)
    if changed:
        touch(post, by=by, what="words", page=page, turn=turn)
    return changed


def must_be_editable(post: Post, *, by: User) -> None:
    """Only the author, or somebody who sees all the school's drafts, and only while it is theirs
    to change. A submitted post is frozen."""
    # An UPDATE that changes nothing takes the row on both databases: saves of one draft queue up.
    Post.objects.filter(pk=post.pk).update(revision=F("revision"))
    post.refresh_from_db(fields=["state", "revision", "saved_page", "saved_turn"])
    if post.state not in EDITABLE:
        raise NotPossible(
            said("This post is with {the} and cannot be changed. Take it back first.")
        )
    _must_be_theirs(post, by, "Only its author can change this draft.")
    _must_be_ready(by, post.school_id)


def touch(post: Post, *, by: User, what: str, **facts: Any) -> None:
    """Content changed: a new revision, by conditional UPDATE. Call inside the transaction."""
    raised = Post.objects.filter(pk=post.pk, revision=post.revision, state__in=EDITABLE).update(
        revision=F("revision") + 1, changed_at=timezone.now()
    )
    if not raised:
        raise SomebodyWasFaster("Somebody changed this post at the same moment. Look again.")
    post.revision += 1
    record("post.changed", post, by=by, what=what, revision=post.revision, **facts)


@transaction.atomic
def drop_channel(*, post: Post, channel: Channel, by: User) -> None:
    """Do without this channel; its own words go with it."""
    must_be_editable(post, by=by)
    gone, _ = Wording.objects.filter(post=post, channel=channel).delete()
    if gone:
        touch(post, by=by, what="channel_dropped", channel=channel.pk)


@transaction.atomic
def without_time(*, post: Post, by: User) -> None:
    """It goes out as soon as it is approved."""
    must_be_editable(post, by=by)
    if Post.objects.filter(pk=post.pk, goes_out_at__isnull=False).update(goes_out_at=None):
        post.goes_out_at = None
        touch(post, by=by, what="words")


@transaction.atomic
def withdraw(*, post: Post, by: User) -> None:
    """The author throws away, for good, what is theirs to change: a draft, what was returned, what
    came too late. What waits or is approved is taken back first, what is live is taken down."""
    if post.author_id != by.pk and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible(said("Only its author or {a} can withdraw this post."))
    if post.state in _INSTEAD:
        raise NotPossible(_INSTEAD[State(post.state)])
    move(post, State.WITHDRAWN)
    record("post.withdrawn", post, by=by)


@transaction.atomic
def answer_warning(*, post: Post, rule: str, subject: str, words: str, by: User) -> WarningAnswer:
    """Answer a warning that stands, in words, while the post is theirs to change: the Head reads
    what was said before they decide. Not content: the revision stays."""
    must_be_editable(post, by=by)
    words = words.strip()
    if not words:
        raise NotPossible(said("Write a few words, so that {the} can judge."))
    if len(words) > LONGEST_ANSWER:
        raise NotPossible(f"Say it in {LONGEST_ANSWER} characters. Yours has {len(words)}.")
    if not any(f.asks and (f.rule, f.subject) == (rule, subject) for f in check(post).findings):
        raise NotPossible("That warning is no longer there. Here is the post as it is now.")
    answer = WarningAnswer.objects.create(post=post, rule=rule, subject=subject, words=words, by=by)
    record("post.warning_answered", post, by=by, rule=rule, answer=answer.pk)
    return answer


@transaction.atomic
def say_somebody_else(*, post: Post, subject: str, by: User) -> WarningAnswer:
    """A grown-up without permission is not the one who is named: the post may go on, and the Head
    must say so too. `subject`: `posts.checks.grown.subject_of`."""
    must_be_editable(post, by=by)
    if not any(f.subject.startswith(NAMED) and f.subject.endswith(subject) for f in _asked(post)):
        raise NotPossible("That is no longer asked. Here is the post as it is now.")
    words = "Somebody else is meant, who is not of the school."
    answer = WarningAnswer.objects.create(
        post=post, rule="name_maybe", subject=subject, words=words, by=by
    )
    record("post.warning_answered", post, by=by, rule="name_maybe", answer=answer.pk)
    return answer


def _asked(post: Post) -> list[Finding]:
    return [finding for finding in check(post).findings if finding.blocks]


def _must_be_theirs(post: Post, by: User, otherwise: str) -> None:
    if post.author_id != by.pk and not by.may(Permission.POST_SEE_ALL, post.school_id):
        raise NotPossible(otherwise)


def _must_be_ready(by: User, school_id: int) -> None:
    """Whoever writes has read the policy and is trained where that is asked for (R-030, R-056)."""
    found = people.may_draft(by, school_id, to=by)
    if found:
        raise Refused(found)


def _must_be_the_latest(post: Post, revision: int, by: User, page: str, turn: int) -> None:
    """Raises `SomebodyWasFaster` when what the form says was changed since, but not from here."""
    if revision == post.revision:
        return
    for event in Event.objects.about(post).filter(verb="post.changed").order_by("-id"):
        facts = event.facts
        if facts.get("revision", 0) <= revision:
            return
        is_ours = event.actor_id == by.pk and page and facts.get("page") == page
        if is_ours and facts.get("turn", 0) > turn:
            raise Overtaken(_SAVED_SINCE)
        if facts.get("what") not in _ON_THE_FORM or is_ours:
            continue
        if event.actor_id == by.pk:
            raise SomebodyWasFaster("You saved this draft on another page meanwhile.")
        who = User.objects.filter(pk=event.actor_id).first()
        name = who.name if who else "Somebody"
        raise SomebodyWasFaster(f"{name} saved this draft while you were writing.")


def _set_fields(post: Post, words: Words) -> bool:
    new = {
        "title": words.title.strip(),
        "text": words.text.replace("\r\n", "\n").strip(),
        "purpose": words.purpose,
        "owned_by": words.owned_by,
        "goes_out_at": words.goes_out_at,
        "audience": post.audience if words.audience is None else words.audience,
    }
    changed = [name for name, value in new.items() if getattr(post, name) != value]
    for name in changed:
        setattr(post, name, new[name])
    if changed:
        post.save(update_fields=changed)
    return bool(changed)


def _set_channels(post: Post, words: Words) -> bool:
    chosen = _own(post, words.channels)
    had = {w.channel_id: w for w in post.wordings.all()}
    gone = set(had) - set(chosen)
    Wording.objects.filter(post=post, channel__in=gone).delete()
    changed = bool(gone)
    for pk, channel in chosen.items():
        kept = had[pk].text if pk in had else ""
        text = words.own_words.get(pk, kept).replace("\r\n", "\n").strip()
        text = "" if text == post.text else text
        if pk not in had:
            Wording.objects.create(post=post, channel=channel, text=text)
            changed = True
        elif had[pk].text != text:
            Wording.objects.filter(pk=had[pk].pk).update(text=text)
            changed = True
    return changed


def _own(post: Post, channels: Iterable[Channel]) -> dict[int, Channel]:
    """The chosen channels; another school's is refused (P8)."""
    chosen = {channel.pk: channel for channel in channels}
    if any(channel.school_id != post.school_id for channel in chosen.values()):
        raise NotPossible("That channel belongs to another school.")
    return chosen
