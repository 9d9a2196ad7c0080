"""What a rule says. A value, not a row: pages show it, gates refuse on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Way:
    """A way out that one press applies: a POST to the post's own "mend" address.

    `verb` names a mend in `posts.mends`; `fields` are its hidden inputs.
    """

    label: str
    verb: str
    detail: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing a rule found.

    `subject` tells findings of one rule apart and stays the same while the fact stays the same:
    an answer to a warning is kept under (rule, subject). `channels` empty means every channel.
    `confirm` is what a Head must say as well before it goes out, whatever the author answered;
    `approver_answers`: the Head answers this warning in words of their own (R-014, R-095).
    `text` is what the rule asks, in our words, for whoever opens the clause.
    """

    rule: str
    clause: str
    mode: Mode
    message: str
    who_can_mend: str = ""
    title: str = ""
    text: str = field(default="", compare=False)
    subject: str = ""
    channels: tuple[int, ...] = ()
    children: tuple[int, ...] = ()
    picture: int | None = None
    confirm: str = ""
    approver_answers: bool = False
    ways: tuple[Way, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """What an answer to it is kept under."""
        return f"{self.rule}|{self.subject}"

    @property
    def blocks(self) -> bool:
        """Does this stop the post?"""
        return self.mode is Mode.BLOCK

    @property
    def asks(self) -> bool:
        """Does this ask for an answer in words?"""
        return self.mode is Mode.WARN

    def concerns(self, channel_id: int) -> bool:
        """Does this finding speak of that channel?"""
        return not self.channels or channel_id in self.channels
