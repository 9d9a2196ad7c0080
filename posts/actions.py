"""Verbs about drafts. Every change of content goes through here, raises the revision, and is kept
in history; saving what is there already changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from audit.actions import record
from audit.models import Event
from policy.models import Channel, Purpose
from posts.checks import check
from posts.errors import NotPossible, Overtaken, SomebodyWasFaster
from posts.lifecycle import EDITABLE, State
from posts.models import Post, Question, WarningAnswer, Wording
from posts.moves import move
from schools.actions import tell
from schools.models import School, StaffRole, User
from schools.roles import Permission

LONGEST_ANSWER = 500
# The changes that saving the form could overwrite; people in photos have pages of their own.
_ON_THE_FORM = frozenset({"words", "alt_text", "channel_dropped"})
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
    not in it keeps its own."""

    title: str
    text: str
    purpose: Purpose | None
    owned_by: User | None
    goes_out_at: datetime | None
    channels: list[Channel]
    own_words: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def start(*, school: School, by: User) -> Post:
    """An empty draft at a school where this person may draft."""
    if not by.may(Permission.POST_DRAFT, school):
        raise NotPossible(f"You have no role at {school.name} that lets you draft posts.")
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
    if seen_revision is not None:
        _must_be_the_latest(post, seen_revision, by, page, turn)
    changed = _set_fields(post, words) | _set_channels(post, words)
    if changed:
        touch(post, by=by, what="words", page=page, turn=turn)
    return changed


def must_be_editable(post: Post, *, by: User) -> None:
    """Only the author, or somebody who sees all the school's drafts, and only while it is theirs
    to change. A submitted post is frozen."""
    # An UPDATE that changes nothing takes the row on both databases: saves of one draft queue up.
    Post.objects.filter(pk=post.pk).update(revision=F("revision"))
    post.refresh_from_db(fields=["state", "revision"])
    if post.state not in EDITABLE:
        raise NotPossible("This post is with the Head and cannot be changed. Take it back first.")
    _must_be_theirs(post, by, "Only its author can change this draft.")


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
def withdraw(*, post: Post, by: User) -> None:
    """The author throws away, for good, what is theirs to change: a draft, what was returned, what
    came too late. What waits or is approved is taken back first, what is live is taken down."""
    if post.author_id != by.pk and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible("Only its author or a Head can withdraw this post.")
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
        raise NotPossible("Write a few words, so that the Head can judge.")
    if len(words) > LONGEST_ANSWER:
        raise NotPossible(f"Say it in {LONGEST_ANSWER} characters. Yours has {len(words)}.")
    if not any(f.asks and (f.rule, f.subject) == (rule, subject) for f in check(post).findings):
        raise NotPossible("That warning is no longer there. Here is the post as it is now.")
    answer = WarningAnswer.objects.create(post=post, rule=rule, subject=subject, words=words, by=by)
    record("post.warning_answered", post, by=by, rule=rule, answer=answer.pk)
    return answer


def who_can_be_asked(*, post: Post, by: User) -> QuerySet[User]:
    """One's manager and the Heads, of those who are active and hold a role at the post's school."""
    here = StaffRole.objects.in_force().filter(Q(school=post.school_id) | Q(school=None))
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school)
    return User.objects.filter(
        Q(pk__in=heads) | Q(pk=by.manager_id or 0), is_active=True, pk__in=here.values("user")
    ).exclude(pk=by.pk)


@transaction.atomic
def ask(*, post: Post, of: User, text: str, by: User) -> Question:
    """Hold and ask (R-096). Being asked opens the post, so only people of its school are."""
    _must_be_theirs(post, by, "Only its author can ask about this post.")
    if not text.strip():
        raise NotPossible("Write your question.")
    if not who_can_be_asked(post=post, by=by).filter(pk=of.pk).exists():
        raise NotPossible(f"{of.name} is nobody you can ask about this post.")
    question = Question.objects.create(post=post, asked_by=by, asked_of=of, text=text.strip())
    tell(
        [of],
        subject=f"A question about {post.in_mail}",
        body=f"{by.name} asks before going on. The post waits for your answer.",
        path=f"/posts/{post.pk}/",
    )
    record("post.question_asked", post, by=by, question=question.pk)
    return question


@transaction.atomic
def answer_question(*, question: Question, answer: str, by: User) -> None:
    """Answer an open question; it stays with the post."""
    post = question.post
    is_theirs = by.pk == post.author_id or Question.objects.put_to(by).filter(pk=question.pk)
    if not is_theirs and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible("This question was put to somebody else.")
    if not answer.strip():
        raise NotPossible("Write your answer.")
    answered = Question.objects.filter(pk=question.pk, answered_at=None).update(
        answer=answer.strip(), answered_at=timezone.now()
    )
    if not answered:
        raise SomebodyWasFaster("This question has been answered already.")
    record("post.question_answered", post, by=by, question=question.pk)


def _must_be_theirs(post: Post, by: User, otherwise: str) -> None:
    if post.author_id != by.pk and not by.may(Permission.POST_SEE_ALL, post.school_id):
        raise NotPossible(otherwise)


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
            raise Overtaken("This was saved again meanwhile.")
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
