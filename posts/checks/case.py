"""What every single check is handed: the post, the policy in force and the answers of one query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from consents.models import Child, Kind
from consents.rules import Permissions, adult_permissions, permissions
from policy.rulebook import Rulebook
from posts.models import Post
from posts.whole import WholePost
from posts.words.names import NameIndex

_NAMES = ("first_name", "surname", "preferred_first_name", "preferred_surname", "form")
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
    def _roster(self) -> dict[int, tuple[str, ...]]:
        """Names and class of the school's children on roll. One query."""
        here = Child.objects.filter(school=self.whole.post.school_id).on_roll(self.day)
        return {pk: row for pk, *row in here.values_list("pk", *_NAMES)}

    @cached_property
    def names(self) -> NameIndex:
        """What the school's children on roll and everyone in the post are called."""
        others = {
            pk: tuple(getattr(c, name) for name in _NAMES) for pk, c in self.whole.children.items()
        }
        every = self._roster | others
        return NameIndex.build((pk, *row[:4]) for pk, row in every.items())

    @cached_property
    def _namesakes(self) -> set[tuple[str, str, str]]:
        """What several pupils of one class are called."""
        called = Counter(self.pupil(pk).namesake_key for pk in self._roster)
        return {key for key, number in called.items() if number > 1}

    def told_apart(self, child: Child) -> str:
        """The class, and the birthday where somebody in it has the same name."""
        if child.namesake_key not in self._namesakes:
            return child.form
        return ", ".join(part for part in (child.form, child.birthday) if part)

    def pupil(self, pk: int) -> Child:
        """Somebody whose name was found: names and class, no more."""
        known = self.whole.children.get(pk)
        return known or Child(pk=pk, **dict(zip(_NAMES, self._roster[pk], strict=True)))
