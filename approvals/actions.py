"""Verbs about approval. Each is one transaction: the answer, the move and the event together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from approvals import rules
from approvals.deciding import end, write_decision
from approvals.models import ApprovalDecision, ApproverAnswer, Stop, Submission
from approvals.saying import answers_to, declare
from approvals.telling import (
    WHY_ON_THE_PAGE,
    tell_author,
    tell_extra,
    tell_it_is_late,
    tell_stopped,
    tell_to_decide,
)
from audit.actions import record
from policy.confirming import said
from policy.models import Channel, PolicyVersion
from policy.rulebook import Rulebook
from posts import renditions
from posts.actions import must_be_editable
from posts.catching import remember
from posts.checks import Verdict, check
from posts.content import digest, freeze
from posts.declaring import checklist, said_beside
from posts.errors import NotPossible, Refused, SomebodyWasFaster, Undeclared
from posts.lifecycle import State
from posts.models import Caught, Post
from posts.moves import move
from schools.models import User
from schools.roles import Permission

Outcome = ApprovalDecision.Outcome


def submit(*, post: Post, by: User, declared: Collection[str]) -> Submission:
    """Freeze the post and put it before its Head. `declared`: the keys of the lines of the
    policy's checklist that were ticked; each of them must be (R-012, R-125).

    Raises `Refused` with the findings, `Undeclared` with the lines not ticked, `NotPossible` when
    it is not theirs to submit.
    """
    must_be_editable(post, by=by)
    verdict = check(post)
    # Kept whether it goes on or not.
    remember(post, verdict.findings, Caught.Moment.SUBMIT)
    _must_go_on(verdict, declared)
    # Making the bytes takes time; it needs no transaction and changes no content.
    renditions.prepare(verdict.case.whole)
    return _submit(post, by=by, declared=declared)


@transaction.atomic
def _submit(post: Post, *, by: User, declared: Collection[str]) -> Submission:
    verdict = check(post)
    _must_go_on(verdict, declared)
    book = verdict.case.book
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
    declare(submission, [*checklist(book), *said_beside(book, "submit")], by=by)
    record("post.submitted", post, by=by, submission=submission.pk, digest=submission.digest)
    tell_to_decide(submission)
    tell_extra(submission, verdict.case.author.extra_approver)
    return submission


def _must_go_on(verdict: Verdict, declared: Collection[str]) -> None:
    """Nothing stops it, and its author has said the whole checklist: `Refused`, `Undeclared`."""
    if not verdict.may_go:
        raise Refused(verdict.blockers)
    missing = rules.undeclared(verdict, declared)
    if missing:
        raise Undeclared(missing)


def approve(
    *,
    submission: Submission,
    by: User,
    channels: Iterable[Channel] | None = None,
    looked_at: Iterable[int] = (),
    confirmed: Collection[str] = (),
    notes: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> ApprovalDecision:
    """Approve exactly this submission, for all its channels or some. `confirmed`: the sentences
    of `rules.confirms` to which the Head said yes. `notes`: what the Head says to each warning of
    `rules.to_answer`, by its key.

    Everything is asked again inside the transaction. Raises `Refused` with findings, or
    `SomebodyWasFaster` when another Head decided first.
    """
    try:
        return _approve(submission, by, channels, looked_at, confirmed, notes or {}, at)
    except Refused as error:
        # Outside the transaction that is undone.
        remember(submission.post, error.findings, Caught.Moment.APPROVE)
        raise


@transaction.atomic
def _approve(
    submission: Submission,
    by: User,
    channels: Iterable[Channel] | None,
    looked_at: Iterable[int],
    confirmed: Collection[str],
    notes: Mapping[str, str],
    at: datetime | None,
) -> ApprovalDecision:
    verdict = check(submission.post, at=at)
    chosen = list(channels) if channels is not None else verdict.case.whole.channels
    found = rules.decision_findings(submission, verdict, by=by, channels=chosen)
    if found:
        raise Refused(found)
    if set(rules.confirms(verdict)) - set(confirmed):
        raise NotPossible(rules.NOT_CONFIRMED)
    answers = answers_to(rules.to_answer(verdict, chosen), notes)
    decision = write_decision(
        submission,
        by=by,
        policy=verdict.case.book.version,
        outcome=Outcome.APPROVED,
        confirmed=len(set(rules.confirms(verdict))),
        channels=sorted(channel.pk for channel in chosen),
        looked_at=sorted(looked_at),
    )
    for answer in answers:
        answer.decision = decision
    ApproverAnswer.objects.bulk_create(answers)
    said = said_beside(verdict.case.book, "approve")
    declare(submission, said, by=by, decision=decision)
    move(submission.post, State.APPROVED)
    tell_author(decision, "Approved", "You need do nothing more.")
    return decision


@transaction.atomic
def return_to_author(
    *, submission: Submission, by: User, reason: str, clause: str = ""
) -> ApprovalDecision:
    """Give it back with a reason; the author mends it and puts it before the Head again."""
    policy = _must_be_entitled(submission, by)
    if not reason.strip():
        raise NotPossible("Say what should change, so that it can be mended.")
    decision = write_decision(
        submission, by=by, policy=policy, outcome=Outcome.RETURNED, reason=reason, clause=clause
    )
    move(submission.post, State.RETURNED)
    tell_author(decision, "Returned", f"What should change and {WHY_ON_THE_PAGE}")
    return decision


@transaction.atomic
def decline(*, submission: Submission, by: User, reason: str, clause: str = "") -> ApprovalDecision:
    """Say no for good."""
    policy = _must_be_entitled(submission, by)
    if not reason.strip():
        raise NotPossible("Say why, so that the author understands.")
    decision = write_decision(
        submission, by=by, policy=policy, outcome=Outcome.DECLINED, reason=reason, clause=clause
    )
    move(submission.post, State.DECLINED)
    tell_author(decision, "Declined", f"It will not go out; {WHY_ON_THE_PAGE}")
    return decision


@transaction.atomic
def take_back(*, post: Post, by: User) -> None:
    """The author takes a waiting or approved post back to change it. An approval is then void."""
    if post.author_id != by.pk and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible(said("Only its author or {a} can take this post back."))
    move(post, State.DRAFT)
    _end_open(post, Submission.State.TAKEN_BACK)
    record("post.taken_back", post, by=by)


@transaction.atomic
def stop(*, post: Post, by: User, reason: str) -> Stop:
    """Anyone of the school: something is wrong (R-080). Nothing goes out until a Head says so."""
    if not by.may(Permission.POST_STOP, post.school_id):
        raise NotPossible("Only staff of this school can stop its posts.")
    return _stop(Stop(post=post, by=by, reason=reason))


@transaction.atomic
def hold(*, post: Post, by: User, reason: str, note: str) -> Stop:
    """The safeguarding lead of the school: a Stop that only they lift (R-043, KCSIE). Others read
    and are told what they are of any Stop; `note` is for safeguarding leads alone."""
    if not by.may(Permission.HOLD_SET, post.school_id):
        raise NotPossible("Only the safeguarding lead of this school can hold its posts.")
    return _stop(Stop(post=post, by=by, reason=reason, is_hold=True, note=note.strip()[:500]))


def _stop(made: Stop) -> Stop:
    post, made.reason = made.post, made.reason.strip()[:500]
    if not made.reason:
        raise NotPossible("Say in a few words what is wrong.")
    made.school_id = post.school_id
    made.save()
    record("post.stopped", post, by=made.by, stop=made.pk)
    tell_stopped(post)
    return made


@transaction.atomic
def resume(*, stop: Stop, by: User) -> None:
    """A Head lets a stopped post go on, the safeguarding lead a held one. Every rule is still asked
    before it is sent."""
    if not by.may(stop.lifted_with, stop.school_id):
        if stop.is_hold:
            raise NotPossible("Only the safeguarding lead lets this post go on.")
        raise NotPossible(said("Only {a} of this school can let a stopped post go on."))
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
        raise NotPossible(said("Only its author or {a} can give this post a new time."))
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
    end(submission, Submission.State.EXPIRED)
    move(post, State.EXPIRED)
    record("post.expired", post, by=None, submission=submission.pk)
    tell_it_is_late(post)


def _end_open(post: Post, to: str) -> None:
    Submission.objects.filter(post=post, state=Submission.State.OPEN).update(
        state=to, ended_at=timezone.now()
    )


def _must_be_entitled(submission: Submission, by: User) -> PolicyVersion:
    """The version in force, by which they are entitled; else `Refused`."""
    book = Rulebook.in_force()
    found = rules.may_decide(submission, by=by, book=book)
    if found:
        raise Refused(found)
    return book.version
