"""What every single check is handed: the post, the policy in force and the answers of one query."""

from __future__ import annotations

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
    def names(self) -> NameIndex:
        """The names of the school's children on roll and of everyone in the post. One query."""
        roster = list(
            Child.objects.filter(school=self.whole.post.school_id)
            .on_roll(self.day)
            .values_list("pk", "first_name", "surname", "preferred_first_name", "preferred_surname")
        )
        known = {row[0] for row in roster}
        others = [c for pk, c in self.whole.children.items() if pk not in known]
        roster += [
            (c.pk, c.first_name, c.surname, c.preferred_first_name, c.preferred_surname)
            for c in others
        ]
        return NameIndex.build(roster)
