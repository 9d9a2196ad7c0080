"""What one person is shown before they acknowledge the policy, and the notice of what is recorded.

Everything comes from the version in force, so that another preset shows other words without a
change of code. The canonical text is what is hashed and kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy.models import Acknowledgement, Rule
from policy.people import covers
from policy.rulebook import Rulebook
from policy.terms import LinkedDocument
from schools.models import User


@dataclass(frozen=True)
class Asked:
    """The page as data."""

    title: str
    covers: Acknowledgement.Covers
    rules: Sequence[Rule]
    personal_use: Sequence[str]
    documents: Sequence[LinkedDocument]
    notice: Sequence[str]

    @property
    def words(self) -> str:
        """All of it as plain text, always in the same order."""
        return "\n".join(self._lines())

    @property
    def digest(self) -> str:
        """SHA-256 of the words, hex."""
        return digest(self.words)

    def _lines(self) -> Iterator[str]:
        yield self.title
        for rule in self.rules:
            yield f"{rule.title} ({rule.reference}): {rule.text}"
        for line in self.personal_use:
            yield f"Personal use: {line}"
        for document in self.documents:
            yield f"Read with it: {document.title} ({document.owner}) {document.address}".strip()
        for line in self.notice:
            yield f"You have been told: {line}"


def asked_of(user: User, book: Rulebook) -> Asked:
    """What this person is shown (R-007, R-030, R-051). Whom the policy does not cover is shown only
    what GoLive asks of everybody with an account (R-117)."""
    what = covers(user, book)
    whole = what == Acknowledgement.Covers.POLICY
    rules = [r for r in book.shown("acknowledgement") if whole or r.source == Rule.Source.FLOOR]
    terms = book.terms
    return Asked(
        title=str(book.version) if whole else "What GoLive asks of everybody with an account",
        covers=what,
        rules=rules,
        personal_use=terms.personal_use if whole else (),
        documents=terms.linked_documents if whole else (),
        notice=terms.monitoring_notice,
    )


def notice(book: Rulebook) -> str:
    """The notice of what is recorded and looked at, as plain text."""
    return "\n".join(book.terms.monitoring_notice)


def digest(words: str) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(words.encode()).hexdigest()
