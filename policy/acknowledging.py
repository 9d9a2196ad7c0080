"""Verbs: somebody was told what is recorded; somebody acknowledges the policy in force."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from policy.asked import asked_of, digest, notice
from policy.models import Acknowledgement, NoticeShown, ShownText
from policy.rulebook import Rulebook
from schools.errors import NotAllowed
from schools.models import User


@transaction.atomic
def acknowledge(*, by: User, seen: str) -> Acknowledgement:
    """`by` says that they read what they were shown; `seen` is the digest of it. Once a version:
    saying it again changes nothing. Raises `NotAllowed` when the words have changed since."""
    book = Rulebook.in_force()
    asked = asked_of(by, book)
    if seen != asked.digest:
        raise NotAllowed("The words have changed since this page was opened. Read them once more.")
    said, is_new = Acknowledgement.objects.get_or_create(
        user=by,
        version=book.version,
        covers=asked.covers,
        defaults={"text": _keep(asked.words)},
    )
    if is_new:
        record("policy.acknowledged", said, by=by, version=book.version.pk, covers=said.covers)
    return said


@transaction.atomic
def show_notice(*, to: User) -> NoticeShown:
    """Keep when somebody was first shown the notice of this version (R-049)."""
    book = Rulebook.in_force()
    shown, is_new = NoticeShown.objects.get_or_create(
        user=to, version=book.version, defaults={"text": _keep(notice(book))}
    )
    if is_new:
        record("policy.notice_shown", shown, by=to, version=book.version.pk)
    return shown


def _keep(words: str) -> ShownText:
    kept, _ = ShownText.objects.get_or_create(digest=digest(words), defaults={"words": words})
    return kept
