"""Letters for parents whom no mail reaches: a link of their own as a QR code, and a paper form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents import agreements, links
from consents.answering import Asked, asked_of
from consents.asking import must_record
from consents.endings import each_last_day, sentence
from consents.errors import NotAllowed
from consents.mailing import address_of
from consents.models import Agreement, Child, Invitation, Parent
from consents.wording import Wording
from policy.models import Platform
from schools.models import School, User

# A row of the paper form: a platform, what it is, and each kind or nothing where it is not asked.
Row = tuple[Platform, str, list[str]]


@dataclass(frozen=True)
class Letter:
    """What is printed for one parent."""

    parent: Parent
    school: School
    asked: Asked
    wording: Wording
    address: str
    picture: str

    def mail_text(self) -> str:
        """What the school would like to do."""
        return self.wording.say("mail_text", school=self.school.name)

    def letter_text(self) -> str:
        """How to answer."""
        return self.wording.say("letter_text")

    def parts(self) -> list[str]:
        """What must be said wherever somebody is asked: why, what is done, how to take it back."""
        keys = ("organisation", "purpose", "done", "withdraw", "copies", "fair")
        said = [self.wording.parts[key] for key in keys if self.wording.parts.get(key)]
        return [*said, *filter(None, self._ends())]

    def _ends(self) -> list[str]:
        """How long a yes lasts, with its last day for each child."""
        document, names = self.asked.document, [(c, c.known_as) for c in self.asked.children]
        each = each_last_day(document, self.wording, names, timezone.localdate())
        return [sentence(document, self.wording), self.wording.parts.get("ends", ""), *each]

    def kinds(self) -> list[str]:
        """The columns of the paper form."""
        return list(dict.fromkeys(kind for _, kind in self.asked.document.asks))

    def columns(self) -> list[str]:
        """Their headings."""
        return [self.wording.say(f"k_{kind}") for kind in self.kinds()]

    def rows(self) -> list[Row]:
        """The paper form for one child."""
        return [
            (
                platform,
                self.wording.places.get(platform.key, ""),
                [kind if kind in self.asked.kinds(platform) else "" for kind in self.kinds()],
            )
            for platform in self.asked.platforms
        ]


@transaction.atomic
def of_invitations(
    *, invitations: Iterable[Invitation], school: School, language: str, by: User
) -> list[Letter]:
    """Letters of a campaign; who may no longer decide gets none."""
    must_record(by, school.pk)
    agreement = _current()
    found = []
    for row in invitations:
        if links.children_of(row.parent):
            found.append(_letter(row.parent, school, agreement, language, by))
            Invitation.objects.filter(pk=row.pk).update(printed_at=timezone.now())
    return found


@transaction.atomic
def of_parent(*, parent: Parent, child: Child, language: str, by: User) -> Letter:
    """One letter, for a parent of this child."""
    must_record(by, child.school_id)
    if child not in links.children_of(parent):
        raise NotAllowed(f"{parent.full_name} may not decide for this pupil, so they get no link.")
    return _letter(parent, child.school, _current(), language, by)


def _current() -> Agreement:
    agreement = agreements.in_force()
    if agreement is None:
        raise NotAllowed("No version of the agreement is in force. Publish one first.")
    return agreement


def _letter(
    parent: Parent, school: School, agreement: Agreement, language: str, by: User
) -> Letter:
    link, secret = links.make(parent=parent, by=by)
    asked = asked_of(parent, agreement)
    wording = asked.document.best(language)
    address = address_of(secret)
    picture = segno.make(f"{address}?lang={wording.code}", error="m").svg_data_uri(
        scale=4, light="white"
    )
    record("letter.made", link, by=by, school_id=school.pk, parent=parent.pk)
    return Letter(parent, school, asked, wording, address, picture)
