"""All checks in order, and what pages and gates make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from consents.models import Kind
from policy.findings import Finding, Mode
from policy.models import Channel
from posts.checks import (
    author,
    content,
    details,
    devices,
    faces,
    fitting,
    grown,
    naming,
    overlooked,
    people,
    rights,
    wordlists,
)
from posts.checks.case import Case
from posts.models import SHOWING_NEEDS, Appearance, Picture, Post, WarningAnswer
from posts.whole import WholePost

Check = Callable[[Case], Iterator[Finding]]

# Consent and protection are one check with one answer: order would tell them apart.
CHECKS: tuple[Check, ...] = (
    author.author_belongs,
    author.author_is_ready,
    author.accounts_are_open,
    author.kind_and_time_are_open,
    content.something_to_say,
    content.channels_open,
    content.photos_ready,
    overlooked.photos_looked_through,
    overlooked.faces_accounted_for,
    people.everyone_accounted_for,
    people.children_may_be_shown,
    people.work_may_be_shown,
    people.adults_may_be_shown,
    naming.names_need_permission,
    naming.names_of_others,
    naming.names_in_file_names,
    grown.grown_ups_named,
    grown.grown_ups_perhaps_named,
    grown.outsiders_named,
    details.personal_details,
    wordlists.sensitive_topics,
    wordlists.words_of_offence,
    wordlists.disparagement,
    wordlists.negative_tone,
    wordlists.reference_like,
    wordlists.claims_with_a_source,
    rights.rights_stated,
    rights.credit_given,
    rights.material_permitted,
    devices.device_allowed,
    devices.deleted_from_phone,
    devices.device_is_the_one,
    faces.faces_as_wanted,
    rights.nobody_misled,
    overlooked.writing_looked_at,
    content.photos_looked_at,
    content.photos_described,
    content.purpose_chosen,
    content.still_to_come,
    content.fits_each_platform,
    fitting.photos_fit,
    content.questions_answered,
)


# Rooms above know more: what is on a channel already. They sign up here, because posts knows
# nothing of them, in a module `checks` that is imported when GoLive starts.
_signed_up: list[Check] = []


def sign_up(one: Check) -> Check:
    """Decorates a check of a room above. It only reads, and asks a fixed number of questions."""
    _signed_up.append(one)
    return one


@dataclass(frozen=True)
class Mark:
    """May this person be shown on this channel, and are they? `hidden`: how they are kept from
    being seen in a photo that it shows."""

    channel: Channel
    shown: bool
    permitted: bool
    hidden: str = ""


@dataclass(frozen=True)
class Person:
    """One line of "who is in it": a name with a mark for each channel."""

    label: str
    detail: str
    kind: str
    pictures: tuple[int, ...]
    marks: tuple[Mark, ...]
    child_id: int | None = None
    adult_id: int | None = None


@dataclass
class Verdict:
    """What the checks say of one post at one moment."""

    case: Case
    findings: list[Finding] = field(default_factory=list)

    @property
    def unanswered(self) -> list[Finding]:
        """Warnings nobody has answered in words."""
        return [f for f in self.findings if f.asks and self.answer(f) is None]

    @property
    def blockers(self) -> list[Finding]:
        """What stops the post: blocks, and one for warnings without an answer."""
        found = [f for f in self.findings if f.blocks]
        if self.unanswered:
            found.append(
                self.case.book.finding("warnings_answered", "Answer each warning in a few words.")
            )
        return found

    @property
    def may_go(self) -> bool:
        """Nothing stops it."""
        return not self.blockers

    def answer(self, finding: Finding) -> WarningAnswer | None:
        """The answer to a warning, if there is one."""
        return self.case.whole.answer(finding.rule, finding.subject)

    def blockers_on(self, channel: Channel) -> list[Finding]:
        """What stops it on this channel."""
        return [f for f in self.blockers if f.concerns(channel.pk)]

    def people(self) -> list[Person]:
        """Everyone in the post, with a mark per channel; children by name, then adults."""
        return sorted(_people(self.case), key=lambda p: (p.kind, p.label))

    def decisions_relied_on(self, channel: Channel) -> list[dict[str, object]]:
        """For the snapshot: which decision allowed whom, on this channel (P7). Only what was
        needed: a permission that nothing was done with is not relied on."""
        case, platform = self.case, channel.platform_id
        shown = [a for p in case.whole.shown_on(channel) for a in case.whole.people_on(p, channel)]
        needed = {(a.child_id, str(SHOWING_NEEDS[a.kind])) for a in shown if a.child_id}
        for wording in case.whole.wordings:
            if wording.channel_id == channel.pk:
                for kind, ids in naming.named_on(case, wording).items():
                    needed |= {(child, str(kind)) for child in ids}
        rows: list[dict[str, object]] = [
            {"child": child, "kind": kind, "decision": decision}
            for child, kind in sorted(needed)
            for decision in case.permitted.relied_on(child, platform, kind)
        ]
        named = {
            pk
            for wording in case.whole.wordings
            if wording.channel_id == channel.pk
            for match in grown.named_grown_ups(case, wording)
            for pk in match.child_ids
        }
        grown_up = {(a.adult_id, str(Kind.PHOTO)) for a in shown if a.adult_id}
        grown_up |= {(adult, str(Kind.FULL_NAME)) for adult in named}
        rows += [
            {"adult": adult, "kind": kind, "decision": decision}
            for adult, kind in sorted(grown_up)
            for decision in (
                case.adults if kind == Kind.PHOTO else case.adults_permitted
            ).relied_on(adult, platform, kind)
        ]
        return rows


def check(post: Post, *, at: datetime | None = None) -> Verdict:
    """Ask every rule about the post as the database has it now. A fixed number of queries.

    Raises `NoPolicyInForce` before a policy is set up: then nothing may be published.
    """
    case = Case.open(post, at=at)
    found = [finding for one in (*CHECKS, *_signed_up) for finding in one(case)]
    weight = {Mode.BLOCK: 0, Mode.WARN: 1, Mode.NOTE: 2}
    return Verdict(case, sorted(found, key=lambda f: weight[f.mode]))


def _people(case: Case) -> Iterator[Person]:
    whole = case.whole
    seen: dict[tuple[str, int], list[tuple[Picture, Appearance]]] = {}
    for picture, a in whole.appearances():
        key = (a.kind, a.child_id or a.adult_id or 0)
        seen.setdefault(key, []).append((picture, a))
    mentioned = {m.child_id for m in whole.post.mentions.all()}
    for pk in mentioned - {who for kind, who in seen if kind == Appearance.Kind.CHILD}:
        seen[("named", pk)] = []
    for (kind, pk), appears in seen.items():
        yield _person(case, kind, pk, appears)


def _hidden(whole: WholePost, channel: Channel, appears: list[tuple[Picture, Appearance]]) -> str:
    """How they are hidden in a photo that is shown there; empty where one shows them."""
    here = [(p, a) for p, a in appears if whole.is_shown(p, channel)]
    ways = [whole.sight(p, channel).hidden.get(a.pk) for p, a in here]
    return "" if None in ways else " and ".join(sorted({str(how) for how in ways}))


def _person(case: Case, kind: str, pk: int, appears: list[tuple[Picture, Appearance]]) -> Person:
    whole = case.whole
    pictures = tuple(picture.pk for picture, _ in appears)
    if kind == Appearance.Kind.UNIDENTIFIABLE:
        return Person("Somebody who cannot be identified", "", kind, pictures, ())
    asked = {"work": Kind.WORK, "named": Kind.FIRST_NAME}.get(kind, Kind.PHOTO)
    allowed = case.adults if kind == Appearance.Kind.ADULT else case.permitted
    permits = allowed.permits_name if kind == "named" else allowed.permits
    marks = tuple(
        Mark(
            channel=c,
            shown=kind == "named" or any(a in whole.people_on(p, c) for p, a in appears),
            permitted=permits(pk, c.platform_id, asked),
            hidden=_hidden(whole, c, appears),
        )
        for c in whole.channels
    )
    if kind == Appearance.Kind.ADULT:
        return Person(whole.adults[pk].name, "", kind, pictures, marks, adult_id=pk)
    child = whole.children[pk]
    detail = {"work": "own work", "named": "named in the words"}.get(kind, case.told_apart(child))
    return Person(child.short_name, detail, kind, pictures, marks, child_id=pk)
