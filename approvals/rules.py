"""May this be decided, by this person, now? Does an approval still hold? Questions only."""

from __future__ import annotations

from datetime import datetime

from approvals.models import ApprovalDecision, Stop, Submission
from policy.findings import Finding
from policy.models import Channel
from policy.rulebook import Rulebook
from posts.checks import Verdict
from posts.content import digest, freeze
from posts.lifecycle import State
from posts.models import Post
from posts.whole import WholePost
from schools.models import Trust, User
from schools.roles import Permission

NOT_CONFIRMED = "A pupil’s name stands in it. Say that somebody else is meant, or return it."


def may_decide(submission: Submission, *, by: User, book: Rulebook) -> list[Finding]:
    """Two people, and the right Head (P4, R-078, R-172). No setting changes this."""
    found = []
    if by.pk in {submission.author_id, submission.submitted_by_id}:
        found.append(
            book.finding("not_own_post", "Somebody else must decide on a post of your own.")
        )
    if not by.may(Permission.POST_APPROVE, submission.post.school_id):
        found.append(
            book.finding("not_own_post", "Only a Head of this school can decide on this post.")
        )
    return found


def in_time_to_send(
    due_at: datetime, *, by_hand: bool, book: Rulebook, at: datetime
) -> list[Finding]:
    """Too late to be news: it goes back to the Head (P5, failure 16)."""
    if not is_late(due_at, by_hand=by_hand, at=at):
        return []
    return [
        book.finding("in_time", "Its time passed before it could be sent, so it was not sent late.")
    ]


def is_late(due_at: datetime, *, by_hand: bool, at: datetime) -> bool:
    """Is what was due then no longer news, by the trust's own limit?"""
    return at > due_at + Trust.load().late_after(by_hand=by_hand)


def is_as_submitted(submission: Submission, whole: WholePost) -> bool:
    """Is the post, as the database and the files have it now, exactly what was submitted (P1)?"""
    if whole.post.revision != submission.revision:
        return False
    try:
        return digest(freeze(whole)) == submission.digest == digest(submission.content)
    except KeyError:
        return False


def standing_stops(post: Post) -> list[Stop]:
    """Stops no Head has resumed."""
    return list(Stop.objects.standing().filter(post=post))


def stopped(post: Post, *, book: Rulebook) -> list[Finding]:
    """Somebody pressed Stop, and no Head has said "go on" (R-080)."""
    if not standing_stops(post):
        return []
    return [
        book.finding("stopped", "Somebody pressed Stop on this post. A Head decides if it goes on.")
    ]


def decision_findings(
    submission: Submission, verdict: Verdict, *, by: User, channels: list[Channel]
) -> list[Finding]:
    """Everything that stops this person approving this submission for these channels now."""
    book, post = verdict.case.book, verdict.case.whole.post
    found = may_decide(submission, by=by, book=book)
    found += stopped(post, book=book)
    if not channels:
        found.append(book.finding("something_to_say", "Choose at least one channel to approve."))
    if not is_as_submitted(submission, verdict.case.whole):
        found.append(
            book.finding("exactly_as_approved", "The post has changed since it was put before you.")
        )
    on = {channel.pk for channel in channels}
    found += [f for f in verdict.blockers if not f.channels or on & set(f.channels)]
    return found


def approval_for(submission: Submission) -> ApprovalDecision | None:
    """The approval of this submission, if that was the answer."""
    return ApprovalDecision.objects.filter(
        submission=submission, outcome=ApprovalDecision.Outcome.APPROVED
    ).first()


def approval_holds(submission: Submission, channel: Channel, verdict: Verdict) -> list[Finding]:
    """Why this submission's approval does not, or no longer, cover this channel. Empty: it does."""
    book, whole = verdict.case.book, verdict.case.whole
    decision = approval_for(submission)
    if decision is None or whole.post.state not in {State.APPROVED, State.CLOSED}:
        return [book.finding("head_confirms", "No Head’s approval covers this post now.")]
    latest = whole.post.submissions.order_by("-number").values_list("pk", flat=True).first()
    found = []
    if latest != submission.pk or channel.pk not in decision.channels:
        found.append(
            book.finding(
                "head_confirms", f"The Head did not approve this for {channel.platform.name}."
            )
        )
    if decision.by_id in {whole.post.author_id, submission.submitted_by_id}:
        found.append(book.finding("not_own_post", "Nobody’s own approval counts."))
    if decision.digest != submission.digest or not is_as_submitted(submission, whole):
        found.append(
            book.finding(
                "exactly_as_approved", "The post is no longer exactly what the Head approved."
            )
        )
    return found


def confirms(verdict: Verdict) -> list[str]:
    """Sentences a Head must say yes to before it goes out, whatever the author answered."""
    return [finding.confirm for finding in verdict.findings if finding.confirm]
