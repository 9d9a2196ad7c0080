"""Grown-ups and outsiders who are named: colleagues with no permission stop the post (R-041, R-107,
R-127), and whoever is on no register is a question (R-015)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consents.models import Kind
from consents.words import joined
from policy.findings import Finding, Way
from policy.models import Channel
from posts.checks.case import Case
from posts.checks.cutting import Spot, ways_to_take_out
from posts.checks.people import drop_way
from posts.checks.texts import texts_on
from posts.models import Wording
from posts.whole import WholePost
from posts.words.grown import find_adults
from posts.words.names import Match, NameIndex

NAMED = "named:"
SOMEBODY_ELSE = "adult:"
OUTSIDE = "outside:"


def grown_ups_named(case: Case) -> Iterator[Finding]:
    """A colleague, governor or other adult of the register is named whole, and has no permission
    on record for that platform. Once the author says that another person is meant, the Head is
    asked to say so too."""
    said: set[str] = set()
    for wording in case.whole.wordings:
        for match in named_grown_ups(case, wording):
            missing = _without_permission(case, wording.channel, match.child_ids)
            if not missing:
                continue
            subject = subject_of(match.child_ids)
            if case.whole.answer("name_maybe", subject) is None:
                yield _refusal(case, wording, match, missing)
            elif subject not in said:
                said.add(subject)
                yield _somebody_else(case, match, subject)


def grown_ups_perhaps_named(case: Case) -> Iterator[Finding]:
    """A first name alone that is a colleague's and no pupil's: a person says who is meant."""
    seen: set[str] = set()
    for wording in case.whole.wordings:
        for text in case.texts(wording):
            pupils = case.children_named(text.words, case.whole.children_on(wording.channel))
            for match in case.adults_named(text.words):
                subject = f"first:{match.text.casefold()}"[:100]
                if match.kind == "full_name" or subject in seen or _overlaps(match, pupils):
                    continue
                if _without_permission(case, wording.channel, match.child_ids):
                    seen.add(subject)
                    yield case.book.finding(
                        "name_maybe",
                        f"“{match.text}” is also the first name of a grown-up of the school who "
                        "has no permission on record. Is that person meant?",
                        subject=subject,
                    )


def outsiders_named(case: Case) -> Iterator[Finding]:
    """Somebody, or an organisation, on no register: is it fair, true and permitted?"""
    if not case.book.is_on("not_defaming"):
        return
    seen: set[str] = set()
    for wording in case.whole.wordings:
        concerned = case.whole.children_on(wording.channel)
        for text in case.texts(wording):
            if text.is_label:
                continue
            for found in case.outsiders_named(text.words, concerned):
                subject = f"{OUTSIDE}{found.text.casefold()}"[:100]
                if subject not in seen:
                    seen.add(subject)
                    yield case.book.finding(
                        "not_defaming",
                        f"“{found.text}” is nobody of the school. Is what you say fair, true and "
                        "permitted?",
                        subject=subject,
                    )


def named_grown_ups(case: Case, wording: Wording) -> Iterator[Match]:
    """Grown-ups of the register who are named whole on this channel."""
    for text in case.texts(wording):
        yield from (m for m in case.adults_named(text.words) if m.kind == "full_name")


def grown_ups_in(whole: WholePost, index: NameIndex, wording: Wording) -> set[int]:
    """The same without a check, looking only for these names. No query."""
    return {
        pk
        for text in texts_on(whole, wording)
        for match in find_adults(text.words, index)
        if match.kind == "full_name"
        for pk in match.child_ids
    }


def subject_of(ids: Iterable[int]) -> str:
    """Under what it is kept that another person is meant. Ids, never a name."""
    return (SOMEBODY_ELSE + ",".join(map(str, sorted(ids))))[:100]


def _refusal(case: Case, wording: Wording, match: Match, missing: list[int]) -> Finding:
    channel = wording.channel
    spots = (
        Spot(text.words, one.start, one.end)
        for text in case.texts(wording)
        for one in case.adults_named(text.words)
        if one.kind == "full_name" and one.child_ids == match.child_ids
    )
    colleague = all(case.grown_ups[pk].is_colleague for pk in missing)
    rule = "colleague_permission" if colleague else "adult_permission"
    names = joined(sorted({case.grown_ups[pk].name for pk in missing}))
    ids = tuple(("adult", str(pk)) for pk in sorted(match.child_ids))
    return case.book.finding(
        rule if case.book.is_on(rule) else "adult_permission",
        f"{names} cannot be named on {channel.platform.name}.",
        subject=f"{NAMED}{channel.pk}:{subject_of(match.child_ids)}"[:100],
        channels=(channel.pk,),
        ways=(
            *ways_to_take_out(case.whole, spots, channel=channel.pk),
            drop_way(channel),
            Way(
                "Somebody else is meant",
                "another_adult",
                f"The {case.book.confirmer} reads that you say so",
                ids,
            ),
        ),
    )


def _somebody_else(case: Case, match: Match, subject: str) -> Finding:
    names = joined(sorted({case.grown_ups[pk].name for pk in match.child_ids}))
    return case.book.finding(
        "name_maybe",
        f"“{match.text}” is the name of a grown-up of the school: {names}. If somebody else is "
        "meant, say who.",
        subject=subject,
        confirm=f"“{match.text}” is somebody else, and not our {names}.",
    )


def _without_permission(case: Case, channel: Channel, ids: Iterable[int]) -> list[int]:
    """Of several who share a name, everybody must have it: which of them is meant, nobody knows."""
    allowed = case.adults_permitted
    where, kind = channel.platform_id, Kind.FULL_NAME
    return [pk for pk in sorted(ids) if not allowed.permits(pk, where, kind)]


def _overlaps(match: Match, others: Iterable[Match]) -> bool:
    return any(match.start < other.end and other.start < match.end for other in others)
