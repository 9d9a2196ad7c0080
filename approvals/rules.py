"""May this be decided, by this person, now? Does an approval still hold? Questions only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from approvals.models import ApprovalDecision, ExtraYes, Submission
from policy import people
from policy.findings import Finding
from policy.models import Channel
from policy.rulebook import Rulebook
from posts.checks import Verdict
from posts.content import digest, freeze
from posts.declaring import unticked
from posts.lifecycle import State
from posts.whole import WholePost
from schools.models import Trust, User
from schools.roles import Permission

NOT_CONFIRMED = "Somebody of the school is named. Say that somebody else is meant, or return it."

NOT_ANSWERED = "Say in your own words why this may go out, or return it."
LONGEST_ANSWER = 500


def undeclared(verdict: Verdict, declared: Collection[str]) -> list[str]:
    """Lines of the checklist of the policy in force that the author has not said (R-012, R-125).
    A line of an older policy counts for nothing."""
    return [line.text for line in unticked(verdict.case.book, declared)]


def may_decide(submission: Submission, *, by: User, book: Rulebook) -> list[Finding]:
    """Two people, one of them whom the policy names at this school (P4, R-078, R-123, R-172). No
    setting changes that they are two."""
    found = []
    if by.pk in {submission.author_id, submission.submitted_by_id}:
        found.append(
            book.finding("not_own_post", "Somebody else must decide on a post of your own.")
        )
    if not by.may(Permission.POST_APPROVE, submission.post.school_id):
        found.append(
            book.finding(
                "not_own_post", f"Only {book.called.a} of this school can decide on this post."
            )
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


def decision_findings(
    submission: Submission, verdict: Verdict, *, by: User, channels: list[Channel]
) -> list[Finding]:
    """Everything that stops this person approving this submission for these channels now."""
    book = verdict.case.book
    found = may_decide(submission, by=by, book=book)
    found += people.must_acknowledge(by, book, to=by)
    found += extra_yes_missing(submission, verdict, deciding=by)
    if not channels:
        found.append(book.finding("something_to_say", "Choose at least one channel to approve."))
    if not is_as_submitted(submission, verdict.case.whole):
        found.append(
            book.finding("exactly_as_approved", "The post has changed since it was put before you.")
        )
    on = {channel.pk for channel in channels}
    found += [f for f in verdict.blockers if not f.channels or on & set(f.channels)]
    return found


def extra_yes_missing(
    submission: Submission, verdict: Verdict, *, deciding: User | None = None
) -> list[Finding]:
    """Where a Head named somebody who must say yes as well, they have, to exactly this; and they
    are not the one who decides (R-057). Two queries at most."""
    asked, book = verdict.case.author.extra_approver, verdict.case.book
    if asked is None:
        return []
    if deciding == asked:
        message = "You are asked to say yes as well, so somebody else decides."
        return [book.finding("restrictions", message, subject="extra")]
    said = ExtraYes.objects.filter(submission=submission, by=asked, digest=submission.digest)
    if said.exists():
        return []
    message = f"{asked.name} must say yes to this as well, and has not yet."
    return [book.finding("restrictions", message, subject="extra")]


def may_say_yes_as_well(submission: Submission, verdict: Verdict, *, by: User) -> list[Finding]:
    """May this person give the further yes now?"""
    book = verdict.case.book
    if verdict.case.author.extra_approver != by or by.pk == submission.submitted_by_id:
        return [book.finding("restrictions", "Nobody has asked you to say yes to this as well.")]
    if not by.may(Permission.POST_SEE_ALL, submission.post.school_id):
        return [book.finding("restrictions", "You have no role at this school today.")]
    found = people.must_acknowledge(by, book, to=by)
    if not is_as_submitted(submission, verdict.case.whole):
        found.append(book.finding("exactly_as_approved", "The post has changed since."))
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
        return [
            book.finding("head_confirms", f"No {book.confirmer}’s approval covers this post now.")
        ]
    latest = whole.post.submissions.order_by("-number").values_list("pk", flat=True).first()
    found = []
    if latest != submission.pk or channel.pk not in decision.channels:
        found.append(
            book.finding(
                "head_confirms",
                f"The {book.confirmer} did not approve this for {channel.platform.name}.",
            )
        )
    if decision.by_id in {whole.post.author_id, submission.submitted_by_id}:
        found.append(book.finding("not_own_post", "Nobody’s own approval counts."))
    found += extra_yes_missing(submission, verdict)
    if decision.digest != submission.digest or not is_as_submitted(submission, whole):
        found.append(
            book.finding(
                "exactly_as_approved",
                f"The post is no longer exactly what {book.called.the} approved.",
            )
        )
    return found


def to_answer(verdict: Verdict, channels: list[Channel]) -> list[Finding]:
    """Warnings on these channels that whoever approves answers in words, as the author did."""
    on = {channel.pk for channel in channels}
    asked = [f for f in verdict.findings if f.asks and f.approver_answers]
    return [f for f in asked if not f.channels or on & set(f.channels)]


def confirms(verdict: Verdict) -> list[str]:
    """Sentences a Head must say yes to before it goes out, whatever the author answered."""
    return [finding.confirm for finding in verdict.findings if finding.confirm]
