"""What every single check is handed: the post, the policy in force and the answers of one query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from consents.models import Child, Kind
from consents.rules import Permissions, adult_permissions, permissions
from policy.people import Openness, openness
from policy.rulebook import Rulebook
from posts.checks.passages import passages
from posts.checks.registers import (
    GrownUp,
    Register,
    fields_of,
    grown_ups_of,
    register_of,
    row_of,
)
from posts.checks.texts import Text, texts_on
from posts.models import Post, Wording
from posts.whole import WholePost
from posts.words.grown import find_adults, index_of, without
from posts.words.names import Match, NameIndex, find
from posts.words.outsiders import Outsider, find_outsiders
from posts.words.wordlists import Reading, reading

KINDS = (Kind.PHOTO, Kind.FIRST_NAME, Kind.FULL_NAME, Kind.WORK)


@dataclass(frozen=True)
class Case:
    """One post at one moment. Checks only read."""

    whole: WholePost
    book: Rulebook
    permitted: Permissions
    adults: Permissions
    at: datetime
    day: date

    @classmethod
    def open(cls, post: Post, *, at: datetime | None = None) -> Case:
        """Load everything the checks ask; a fixed number of queries."""
        moment = at or timezone.now()
        day = timezone.localdate(moment)
        whole = WholePost.load(post)
        purpose = whole.post.purpose.key if whole.post.purpose else None
        return cls(
            whole=whole,
            book=Rulebook.in_force(),
            permitted=permissions(
                whole.children.keys(), whole.platform_ids, KINDS, purpose=purpose, on=day
            ),
            adults=adult_permissions(whole.adults.keys(), whole.platform_ids, on=day),
            at=moment,
            day=day,
        )

    @cached_property
    def author(self) -> Openness:
        """Which accounts and kinds of post are open to the author today. Two queries at most."""
        post = self.whole.post
        return openness(post.author, post.school_id, self.book, on=self.day)

    @cached_property
    def register(self) -> Register:
        """The school's pupils on roll. One query, two when the roster has changed."""
        return register_of(self.whole.post.school_id, self.day)

    @cached_property
    def readings(self) -> list[Reading]:
        """The texts the public will read, each once, ready for the policy's word lists."""
        texts = dict.fromkeys(passage.text for passage in passages(self.whole))
        return [reading(text) for text in texts]

    def texts(self, wording: Wording) -> tuple[Text, ...]:
        """What goes out on this channel, put together once in a check."""
        if wording.channel_id not in self._texts:
            self._texts[wording.channel_id] = tuple(texts_on(self.whole, wording))
        return self._texts[wording.channel_id]

    @cached_property
    def names(self) -> NameIndex:
        """What the school's children on roll and everyone in the post are called."""
        rows = self.register.rows
        others = [c for pk, c in self.whole.children.items() if rows.get(pk) != fields_of(c)]
        return self.register.names.plus(map(row_of, others))

    @cached_property
    def grown_ups(self) -> dict[int, GrownUp]:
        """Adults of the school, and everybody who works there. Two queries."""
        return grown_ups_of(self.whole.post.school_id, self.day)

    @cached_property
    def adults_permitted(self) -> Permissions:
        """What the grown-ups who are named have permitted. One query, or none."""
        named = {
            pk
            for wording in self.whole.wordings
            for text in self.texts(wording)
            for match in self.adults_named(text.words)
            for pk in match.child_ids
        }
        return adult_permissions(
            {pk for pk in named if pk > 0}, self.whole.platform_ids, on=self.day
        )

    def children_named(
        self, words: str, concerned: Collection[int], *, is_label: bool = False
    ) -> list[Match]:
        """Pupils named in these words; a first name within a grown-up’s whole name is not one.
        Each text is read once in a check, however many channels say it."""
        pictured = frozenset(concerned)
        key = (words, pictured, is_label)
        if key not in self._read:
            found = find(words, self.names, narrow_to=pictured, is_label=is_label)
            self._read[key] = list(without(found, self.adults_named(words, is_label=is_label)))
        return self._read[key]

    def adults_named(self, words: str, *, is_label: bool = False) -> list[Match]:
        """Grown-ups of the school named in these words; `child_ids` are keys of `grown_ups`."""
        key = (words, None, is_label)
        if key not in self._read:
            self._read[key] = find_adults(words, self._grown_up_names, is_label=is_label)
        return self._read[key]

    def outsiders_named(self, words: str, concerned: Collection[int]) -> list[Outsider]:
        """Names in these words that no register knows, each text once in a check."""
        key = (words, frozenset(concerned))
        if key not in self._outside:
            named = (*self.children_named(words, concerned), *self.adults_named(words))
            self._outside[key] = find_outsiders(
                words,
                first_names=self.names.firsts.keys(),
                known=[(match.start, match.end) for match in named],
            )
        return self._outside[key]

    @cached_property
    def _texts(self) -> dict[int, tuple[Text, ...]]:
        return {}

    @cached_property
    def _outside(self) -> dict[tuple[str, frozenset[int]], list[Outsider]]:
        return {}

    @cached_property
    def _grown_up_names(self) -> NameIndex:
        return index_of(frozenset((pk, one.name) for pk, one in self.grown_ups.items()))

    @cached_property
    def _read(self) -> dict[tuple[str, frozenset[int] | None, bool], list[Match]]:
        return {}

    def told_apart(self, child: Child) -> str:
        """The class, and the birthday where somebody in it has the same name."""
        if child.namesake_key not in self.register.namesakes:
            return child.form
        return ", ".join(part for part in (child.form, child.birthday) if part)

    def pupil(self, pk: int) -> Child:
        """Somebody whose name was found: names and class, no more."""
        return self.whole.children.get(pk) or self.register.pupil(pk)
