"""Writes the demo's children, parents and answers, in bulk as an import would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from audit.actions import record
from config.demo import cast
from config.demo.answers import answers, first_entitled
from config.demo.families import Grown, Kid, born, families, forms
from config.demo.trust import DemoTrust
from consents import adult_wording, agreements, campaigns
from consents.actions import set_hold, withdraw
from consents.asking import ask_parents
from consents.choosing import Choice
from consents.endings import last_day
from consents.models import (
    Adult,
    Agreement,
    Answer,
    Campaign,
    Child,
    ConsentDecision,
    Guardianship,
    Hold,
    Kind,
    Parent,
    Way,
)
from consents.wording import Document, Ends, Rule
from policy.models import Platform
from schools.roles import Role

BATCH = 1_000
NAMED = 40  # the first are the cast, whose answers are told as they are
LAST_YEAR = timedelta(days=257)  # a form from then ends within weeks of the demo's today


class Roll:
    """The children with their rows, for the demo's posts."""

    def __init__(self, trust: DemoTrust, dice: Random, start: datetime) -> None:
        self.trust, self.dice, self.start = trust, dice, start
        self.kids: list[Kid] = []
        self.children: dict[int, Child] = {}
        self.parents: dict[int, Parent] = {}

    def fill(self, today: date) -> None:
        """All of it: children, grown-ups, who decides, what they said, holds."""
        everywhere = forms()
        named = cast.children(everywhere)
        for kid in named:
            kid.born_on = born(self.dice, kid.form, today)
        kids = self.kids = named + families(self.dice, today, named)
        self._children(kids)
        self._parents(kids)
        self._guardians(kids)
        self._answers(kids)
        self._adults()
        self._holds(kids)
        self._leavers(kids, today)

    def child(self, first: str, surname: str) -> Child:
        """One of the named cast."""
        return next(
            c for c in self.children.values() if (c.first_name, c.surname) == (first, surname)
        )

    def _children(self, kids: list[Kid]) -> None:
        rows = [self._child(number, kid) for number, kid in enumerate(kids, 1)]
        made = Child.objects.bulk_create(rows, batch_size=BATCH)
        self.children = {id(kid): row for kid, row in zip(kids, made, strict=True)}
        for school in self.trust.schools.values():
            office = self.trust.who(Role.CONSENT_ADMIN, school.slug)
            number = sum(1 for row in made if row.school_id == school.pk)
            record("children.brought_in", school, by=office, school_id=school.pk, number=number)

    def _child(self, number: int, kid: Kid) -> Child:
        row = Child(
            school=self.trust.schools[kid.form.school],
            first_name=kid.first,
            surname=kid.surname,
            preferred_first_name=kid.preferred,
            preferred_surname=kid.preferred_surname,
            born_on=kid.born_on,
            upn=upn(number),
            mis_id=f"{kid.form.school[0].upper()}{number:05d}",
            year=kid.form.year,
            form=kid.form.name,
            joined_on=self.start.date() - timedelta(days=365 * self.dice.randrange(3)),
            **kid.extras,
        )
        row.search_key = row.make_search_key()
        return row

    def _parents(self, kids: list[Kid]) -> None:
        grown = {id(one): one for kid in kids for one in kid.grown}
        rows = [self._parent(number, one) for number, one in enumerate(grown.values(), 1)]
        made = Parent.objects.bulk_create(rows, batch_size=BATCH)
        self.parents = dict(zip(grown, made, strict=True))

    def _parent(self, number: int, one: Grown) -> Parent:
        return Parent(
            title=one.title,
            first_name=one.first,
            surname=one.surname,
            email=f"parent{number}@families.demo.example" if number % 9 else "",
            phone=f"07700 900{number % 1000:03d}",
            mis_id=f"P{number:05d}",
        )

    def _guardians(self, kids: list[Kid]) -> None:
        rows = [
            Guardianship(
                child=self.children[id(kid)],
                parent=self.parents[id(one)],
                relationship=one.relationship,
                has_responsibility=one.responsible,
                was_responsible=one.responsible,
                court_order=one.court_order,
                priority=place,
                changed_at=self.start,
            )
            for kid in kids
            for place, one in enumerate(kid.grown, 1)
        ]
        Guardianship.objects.bulk_create(rows, batch_size=BATCH)

    def _answers(self, kids: list[Kid]) -> None:
        officer = self.trust.people["Jo Whitfield"]
        draft = agreements.start(by=officer)
        for_a_year = replace(Document.read(draft.content), ends=Ends(Rule.YEARS, years=1))
        draft = agreements.save(document=for_a_year, revision=draft.revision, by=officer)
        agreement = agreements.publish(revision=draft.revision, by=officer)
        adult_wording.publish(content=adult_wording.proposed(), years=None, by=officer)
        platforms = [key for key, one in self.trust.platforms.items() if one.is_asked]
        rows = [
            row
            for number, kid in enumerate(kids)
            for row in self._rows(
                kid, platforms, agreement, last_year=number > NAMED and number % 25 == 0
            )
        ]
        ConsentDecision.objects.bulk_create(rows, batch_size=BATCH)

    def _rows(
        self, kid: Kid, platforms: list[str], agreement: Agreement, *, last_year: bool
    ) -> Iterable[ConsentDecision]:
        """`last_year`: what they said on last year's form, which is about to end."""
        child = self.children[id(kid)]
        office = self.trust.who(Role.CONSENT_ADMIN, kid.form.school)
        document, start = Document.read(agreement.content), self.start - LAST_YEAR * last_year
        for said in answers(self.dice, kid, platforms, start):
            given = said.given_at.date()
            # A file notes no version, and last year there was none.
            noted = said.way != Way.IMPORT and given >= agreement.starts_on
            lasts = (noted or last_year) and said.answer == Answer.YES
            yield ConsentDecision(
                child=child,
                platform=self.trust.platforms[said.platform],
                kind=said.kind,
                answer=said.answer,
                giver=self.parents[id(said.giver)] if said.giver else None,
                given_by_child=said.giver is None,
                way=said.way,
                agreement=agreement if noted else None,
                evidence=f"Form {child.mis_id}" if said.way == Way.PAPER else "",
                given_at=said.given_at,
                recorded_at=said.given_at + timedelta(hours=3),
                recorded_by=None if said.way == Way.LINK else office,
                until=last_day(document, child, given) if lasts else said.until,
            )

    def _adults(self) -> None:
        """Staff may be pictured once they said so; most have."""
        rows = [
            Adult(school=self.trust.schools[role.school.slug], name=user.name, user=user)
            for user in self.trust.people.values()
            for role in user.roles_today()[:1]
            if role.school
        ]
        adults = Adult.objects.bulk_create(rows)
        ConsentDecision.objects.bulk_create(
            ConsentDecision(
                adult=adult,
                platform=platform,
                kind=kind,
                answer=Answer.YES,
                way=Way.IN_PERSON,
                given_at=self.start,
            )
            for adult in adults
            if adult.name not in {"Mabel Ng", "Danny Walsh"}
            for platform in self.trust.platforms.values()
            for kind in (Kind.PHOTO, Kind.FULL_NAME)
        )

    def _holds(self, kids: list[Kid]) -> None:
        """Protected, safeguarding and care holds, set by each school's own lead."""
        plan = [Hold.Kind.PROTECTED] * 5 + [Hold.Kind.SAFEGUARDING] * 4 + [Hold.Kind.CARE] * 4
        chosen = self.dice.sample([kid for kid in kids if kid.manner.startswith("all")][30:], 13)
        pairs = [(kid, Hold.Kind(kid.hold)) for kid in kids if kid.hold]
        for kid, kind in pairs + list(zip(chosen, plan, strict=True)):
            set_hold(
                child=self.children[id(kid)],
                kind=kind,
                by=self.trust.who(Role.DSL, kid.form.school),
                note="Invented for the demo.",
                review_on=self.start.date() + timedelta(days=180),
            )

    def _leavers(self, kids: list[Kid], today: date) -> None:
        gone = self.dice.sample(kids[40:], 12)
        for kid in gone[:10]:
            child = self.children[id(kid)]
            Child.objects.filter(pk=child.pk).update(left_on=today - timedelta(days=20))
            child.left_on = today - timedelta(days=20)
        for kid in gone[10:]:
            Child.objects.filter(pk=self.children[id(kid)].pk).update(
                returned_on=self.start.date() + timedelta(days=60)
            )

    def change_minds(self) -> None:
        """Families who withdrew everything later: one press of the office each."""
        for kid in self.kids:
            if kid.manner == "withdrawn":
                withdraw(
                    child=self.children[id(kid)],
                    giver=self.parents[id(first_entitled(kid))],
                    kinds=[Kind.PHOTO, Kind.WORK],
                    by=self.trust.who(Role.CONSENT_ADMIN, kid.form.school),
                    way=Way.PHONE,
                )

    def ask_some(self) -> None:
        """Questions that wait on the office's list."""
        rose, sam = self.child("Rose", "Green"), self.child("Samuel", "Ocean")
        facebook: Platform = self.trust.platforms["facebook"]
        ask_parents(
            children=[rose, sam],
            platform=facebook,
            kind=Kind.PHOTO,
            by=self.trust.people["Tessa Marlow"],
        )

    def write_to_a_class(self) -> None:
        """The parents of 4B are asked today: their mails, with their links, leave by themselves."""
        campaigns.send(
            choice=Choice(self.trust.schools["oak"], Campaign.Whom.NOT_ASKED, form="4B"),
            key=UUID(int=self.dice.getrandbits(128), version=4),
            remind_after=[7, 14],
            by=self.trust.who(Role.CONSENT_ADMIN, "oak"),
        )


def upn(number: int) -> str:
    """A unique pupil number of an authority that does not exist, with its right check letter."""
    digits = f"999{number:09d}"
    check = sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % 23
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[check] + digits
