"""Who may be in which invented photo: asked of the same rule that every post is asked."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from random import Random

from django.utils import timezone

from config.demo.captions import Story
from config.demo.roll import Roll
from config.demo.trust import DemoTrust
from consents.models import Adult, Child, Kind
from consents.rules import Permissions, adult_permissions, permissions
from schools.models import School


class Casting:
    """Chooses children whose families allow what a story wants to show."""

    def __init__(self, trust: DemoTrust, roll: Roll, dice: Random, last: date) -> None:
        self.trust, self.roll, self.dice, self.last = trust, roll, dice, last

    def children(self, school: School, story: Story, number: int, kind: Kind) -> list[Child]:
        """The named cast first, then others of the class, then of the school."""
        named = [self.roll.child(first, surname) for first, surname in story.cast]
        if kind == Kind.WORK:
            named = []
        wanted = [key for key in story.channels if kind != Kind.WORK or key in {"news", "facebook"}]
        platforms = [self.trust.platforms[key].pk for key in wanted]
        free = [
            child
            for child in self._of(school)
            if child not in named
            and all(
                allowed.permits(child.pk, pk, kind) for allowed in self._allowed for pk in platforms
            )
        ]
        near = [child for child in free if child.form == story.form]
        far = [child for child in free if child.form != story.form]
        self.dice.shuffle(near)
        self.dice.shuffle(far)
        return (named + near + far)[:number]

    def adults(self, school: School, story: Story, number: int) -> list[Adult]:
        """Grown-ups of the school who said yes."""
        platforms = [self.trust.platforms[key].pk for key in story.channels]
        known = list(Adult.objects.filter(school=school).order_by("pk"))
        said = adult_permissions([adult.pk for adult in known], platforms)
        free = [a for a in known if all(said.permits(a.pk, pk, Kind.PHOTO) for pk in platforms)]
        return self.dice.sample(free, number)

    def _of(self, school: School) -> list[Child]:
        # Whoever leaves within the term is in no photo: a later post could not show them.
        every = self.roll.children.values()
        return [c for c in every if c.school_id == school.pk and c.left_on is None]

    @cached_property
    def _allowed(self) -> list[Permissions]:
        """On the first day and the last: some answers end in between, some birthdays come."""
        everyone = [child.pk for child in self.roll.children.values()]
        platforms = [platform.pk for platform in self.trust.platforms.values()]
        kinds = [Kind.PHOTO, Kind.WORK]
        days = (timezone.localdate(), self.last)
        return [permissions(everyone, platforms, kinds, on=day) for day in days]
