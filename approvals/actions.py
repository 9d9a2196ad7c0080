"""Verbs about approval. Each is one transaction: the answer, the move and the event together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from approvals import rules
from approvals.models import ApprovalDecision, Stop, Submission
from approvals.telling import WHY_ON_THE_PAGE, tell_author, tell_heads, tell_it_is_late
from audit.actions import record
from policy.models import Channel
from policy.rulebook import Rulebook
from posts import renditions
from posts.actions import must_be_editable
from posts.checks import check
from posts.content import digest, freeze
from posts.errors import NotPossible, Refused, SomebodyWasFaster
from posts.lifecycle import State
from posts.models import Post
from posts.moves import move
from schools.actions import tell
from schools.models import User
from schools.roles import Permission

Outcome = ApprovalDecision.Outcome


def submit(*, post: Post, by: User) -> Submission:
    """Freeze the post and put it before its Head.

    Raises `Refused` with the findings, `NotPossible` when it is not theirs to submit.
    """
    must_be_editable(post, by=by)
    verdict = check(post)
    if not verdict.may_go:
        raise Refused(verdict.blockers)
    # Making the bytes takes time; it needs no transaction and changes no content.
    renditions.prepare(verdict.case.whole)
    return _submit(post, by=by)


@transaction.atomic
def _submit(post: Post, *, by: User) -> Submission:
    verdict = check(post)
    if not verdict.may_go:
        raise Refused(verdict.blockers)
    whole = verdict.case.whole
    if whole.post.revision != post.revision:
        raise SomebodyWasFaster("Somebody changed this post at the same moment. Look again.")
    content = freeze(whole)
    move(post, State.SUBMITTED)
    last = post.submissions.aggregate(last=Max("number"))["last"] or 0
    submission = Submission.objects.create(
        post=post,
        number=last + 1,
        revision=post.revision,
        author_id=post.author_id,
        submitted_by=by,
        goes_out_at=post.goes_out_at,
        digest=digest(content),
        content=content,
        policy=verdict.case.book.version,
    )
    record("post.submitted", post, by=by, submission=submission.pk, digest=submission.digest)
    tell_heads(submission)
    return submission


def approve(
    *,
    submission: Submission,
    by: User,
    channels: Iterable[Channel] | None = None,
    looked_at: Iterable[int] = (),
    confirmed: Collection[str] = (),
    at: datetime | None = None,
) -> ApprovalDecision:
    """Approve exactly this submission, for all its channels or some. `confirmed`: the sentences
    of `rules.confirms` to which the Head said yes.

    Everything is asked again inside the transaction. Raises `Refused` with findings, or
    `SomebodyWasFaster` when another Head decided first.
    """
    with transaction.atomic():
        verdict = check(submission.post, at=at)
        chosen = list(channels) if channels is not None else verdict.case.whole.channels
        found = rules.decision_findings(submission, verdict, by=by, channels=chosen)
        if found:
            raise Refused(found)
        if set(rules.confirms(verdict)) - set(confirmed):
            raise NotPossible(rules.NOT_CONFIRMED)
        decision = _decide(
            submission,
            by=by,
            outcome=Outcome.APPROVED,
            confirmed=len(set(rules.confirms(verdict))),
            channels=sorted(channel.pk for channel in chosen),
            looked_at=sorted(looked_at),
        )
        move(submission.post, State.APPROVED)
        tell_author(decision, "Approved", "You need do nothing more.")
    return decision


@transaction.atomic
def return_to_author(
    *, submission: Submission, by: User, reason: str, clause: str = ""
) -> ApprovalDecision:
    """Give it back with a reason; the author mends it and puts it before the Head again."""
    _must_be_entitled(submission, by)
    if not reason.strip():
        raise NotPossible("Say what should change, so that it can be mended.")
    decision = _decide(
        submission, by=by, outcome=Outcome.RETURNED, reason=reason.strip(), clause=clause
    )
    move(submission.post, State.RETURNED)
    tell_author(decision, "Returned", f"What should change and {WHY_ON_THE_PAGE}")
    return decision


@transaction.atomic
def decline(*, submission: Submission, by: User, reason: str, clause: str = "") -> ApprovalDecision:
    """Say no for good."""
    _must_be_entitled(submission, by)
    if not reason.strip():
        raise NotPossible("Say why, so that the author understands.")
    decision = _decide(
        submission, by=by, outcome=Outcome.DECLINED, reason=reason.strip(), clause=clause
    )
    move(submission.post, State.DECLINED)
    tell_author(decision, "Declined", f"It will not go out; {WHY_ON_THE_PAGE}")
    return decision


@transaction.atomic
def take_back(*, post: Post, by: User) -> None:
    """The author takes a waiting or approved post back to change it. An approval is then void."""
    if post.author_id != by.pk and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible("Only its author or a Head can take this post back.")
    move(post, State.DRAFT)
    _end_open(post, Submission.State.TAKEN_BACK)
    record("post.taken_back", post, by=by)


@transaction.atomic
def stop(*, post: Post, by: User, reason: str) -> Stop:
    """Anyone of the school: something is wrong (R-080). Nothing goes out until a Head says so."""
    if not by.may(Permission.POST_STOP, post.school_id):
        raise NotPossible("Only staff of this school can stop its posts.")
    if not reason.strip():
        raise NotPossible("Say in a few words what is wrong.")
    made = Stop.objects.create(
        post=post, school_id=post.school_id, by=by, reason=reason.strip()[:500]
    )
    record("post.stopped", post, by=by, stop=made.pk)
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school)
    tell(
        [*heads, post.author],
        subject=f"Stopped: {post.in_mail}",
        body=f"{by.name} pressed Stop; {WHY_ON_THE_PAGE}\n"
        "What is out is taken down. A Head decides if the rest goes on.",
        path=f"/posts/{post.pk}/",
    )
    return made


@transaction.atomic
def resume(*, stop: Stop, by: User) -> None:
    """A Head lets a stopped post go on. Every rule is still asked before it is sent."""
    if not by.may(Permission.POST_APPROVE, stop.school_id):
        raise NotPossible("Only a Head of this school can let a stopped post go on.")
    resumed = Stop.objects.filter(pk=stop.pk, resumed_at=None).update(
        resumed_by=by, resumed_at=timezone.now()
    )
    if not resumed:
        raise SomebodyWasFaster("This post has been let go on already.")
    record("post.resumed", stop.post, by=by, stop=stop.pk)


@transaction.atomic
def reopen(*, post: Post, by: User) -> None:
    """An expired post goes back to a draft, to be given a new time and confirmed again."""
    if post.author_id != by.pk and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible("Only its author or a Head can give this post a new time.")
    move(post, State.DRAFT)
    record("post.reopened", post, by=by)


def expire_overdue(*, at: datetime | None = None) -> int:
    """Unapproved at its time: expired, back to the Head, never sent late. Returns how many."""
    moment = at or timezone.now()
    done = 0
    for submission in Submission.objects.too_late(moment).select_related("post__school")[:200]:
        try:
            _expire(submission)
        except (SomebodyWasFaster, NotPossible):
            continue
        done += 1
    return done


@transaction.atomic
def _expire(submission: Submission) -> None:
    post = submission.post
    _end(submission, Submission.State.EXPIRED)
    move(post, State.EXPIRED)
    record("post.expired", post, by=None, submission=submission.pk)
    tell_it_is_late(post)


def _decide(
    submission: Submission,
    *,
    by: User,
    outcome: str,
    channels: list[int] | None = None,
    looked_at: list[int] | None = None,
    confirmed: int = 0,
    reason: str = "",
    clause: str = "",
) -> ApprovalDecision:
    """The one place where an answer is written: first the conditional UPDATE, then the row."""
    _end(submission, Submission.State.DECIDED)
    try:
        decision = ApprovalDecision.objects.create(
            submission=submission,
            outcome=outcome,
            by=by,
            author_id=submission.author_id,
            submitted_by_id=submission.submitted_by_id,
            digest=submission.digest,
            policy_id=submission.policy_id,
            channels=channels or [],
            looked_at=looked_at or [],
            reason=reason,
            clause=clause,
        )
    except IntegrityError as error:
        raise NotPossible("This post cannot be decided by this person.") from error
    record(
        f"post.{outcome}",
        submission.post,
        by=by,
        submission=submission.pk,
        decision=decision.pk,
        digest=decision.digest,
        channels=decision.channels,
        policy=decision.policy_id,
        **({"confirmed": confirmed} if confirmed else {}),
    )
    return decision


def _end(submission: Submission, to: str) -> None:
    ended = Submission.objects.filter(pk=submission.pk, state=Submission.State.OPEN).update(
        state=to, ended_at=timezone.now()
    )
    if not ended:
        raise SomebodyWasFaster(who_was_faster(submission))
    submission.state = to


def who_was_faster(submission: Submission) -> str:
    """Said kindly to the slower of two: how it stands, and that their press changed nothing."""
    decision = ApprovalDecision.objects.filter(submission=submission).select_related("by").first()
    if decision is None:
        return "Your press changed nothing: this post no longer waits. Here is how it stands now."
    outcome = decision.get_outcome_display().lower()
    return f"{decision.by.name} was faster: {outcome} already. Your press changed nothing."


def _end_open(post: Post, to: str) -> None:
    Submission.objects.filter(post=post, state=Submission.State.OPEN).update(
        state=to, ended_at=timezone.now()
    )


def _must_be_entitled(submission: Submission, by: User) -> None:
    found = rules.may_decide(submission, by=by, book=Rulebook.in_force())
    if found:
        raise Refused(found)
