"""Protocol 2: a name needs its own permission, wherever it is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consents.models import Child, Kind
from consents.words import cannot_be_shown, joined
from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.checks.cutting import Spot, mark_of, ways_to_take_out
from posts.checks.people import ask_way, drop_way
from posts.checks.texts import file_name, texts_on
from posts.models import Wording
from posts.whole import WholePost
from posts.words.names import Match, NameIndex, find

# More pupils of one first name than this: the surname tells which.
MOST_WAYS = 4
# An answer to a first name is no answer to first name and surname.
WHOLE = "whole:"
_KINDS = {"first_name": Kind.FIRST_NAME, "full_name": Kind.FULL_NAME}


def names_need_permission(case: Case) -> Iterator[Finding]:
    """On each channel, every pictured or mentioned child named there has said yes to that name."""
    for wording in case.whole.wordings:
        for kind, ids in named_on(case, wording).items():
            yield from _refusals(case, wording, kind, ids)


def named_on(case: Case, wording: Wording) -> dict[Kind, set[int]]:
    """Children shown or mentioned on this channel who are named there, by how much of the name."""
    concerned = case.whole.children_on(wording.channel)
    texts = case.texts(wording)
    return _by_kind((m for t in texts for m in case.children_named(t.words, concerned)), concerned)


def named_in(whole: WholePost, names: NameIndex, wording: Wording) -> dict[Kind, set[int]]:
    """The same without a check, looking only for these names. No query."""
    concerned = whole.children_on(wording.channel)
    texts = texts_on(whole, wording)
    return _by_kind(
        (m for t in texts for m in find(t.words, names, narrow_to=concerned)), concerned
    )


def names_of_others(case: Case) -> Iterator[Finding]:
    """A word that is also the name of a pupil who is not marked: a person says who is meant."""
    first: dict[str, tuple[Match, list[int]]] = {}
    spots: dict[str, list[Spot]] = {}
    for wording in case.whole.wordings:
        concerned = case.whole.children_on(wording.channel)
        for text in case.texts(wording):
            for match in case.children_named(text.words, concerned):
                others = match.child_ids - concerned
                subject = match.text.casefold()[:100]
                if others and not match.child_ids & concerned:
                    first.setdefault(subject, (match, sorted(others)))
                    spots.setdefault(subject, []).append(Spot(text.words, match.start, match.end))
    for subject, (match, others_named) in first.items():
        out = ways_to_take_out(case.whole, spots[subject])
        yield _maybe(case, match, subject, others_named, out)


def names_in_file_names(case: Case) -> Iterator[Finding]:
    """The file name never leaves, but it can tell who was overlooked in the photo."""
    for number, picture in enumerate(case.whole.pictures, 1):
        here = {a.child_id for a in case.whole.people_in(picture) if a.child_id}
        for match in case.children_named(file_name(picture).words, (), is_label=True):
            if match.kind == "full_name" and not match.child_ids & here:
                yield case.book.finding(
                    "name_maybe",
                    f"The file of photo {number} is called like a pupil of the school who is not "
                    "marked in it. Is this pupil in the photo?",
                    subject=f"file:{picture.pk}:{match.text.casefold()[:80]}",
                    picture=picture.pk,
                )


def _by_kind(matches: Iterable[Match], concerned: frozenset[int]) -> dict[Kind, set[int]]:
    named: dict[Kind, set[int]] = {}
    for match in matches:
        if match.kind in _KINDS:
            named.setdefault(_KINDS[match.kind], set()).update(match.child_ids & concerned)
    return named


def _refusals(case: Case, wording: Wording, kind: Kind, ids: set[int]) -> Iterator[Finding]:
    channel = wording.channel
    missing = [
        case.whole.children[pk]
        for pk in sorted(ids)
        if not case.permitted.permits_name(pk, channel.platform_id, kind)
    ]
    if missing:
        yield case.book.finding(
            "name_permission",
            cannot_be_shown(missing, channel.platform.name, kind),
            subject=f"{channel.pk}:{kind}",
            channels=(channel.pk,),
            children=tuple(child.pk for child in missing),
            ways=(
                *ways_to_take_out(
                    case.whole, _spots(case, wording, kind, missing), channel=channel.pk
                ),
                drop_way(channel),
                ask_way(missing, channel, kind),
            ),
        )


def _spots(case: Case, wording: Wording, kind: Kind, missing: list[Child]) -> Iterator[Spot]:
    """Where these children are named on this channel, by as much of the name."""
    concerned, ids = case.whole.children_on(wording.channel), {child.pk for child in missing}
    for text in case.texts(wording):
        for match in case.children_named(text.words, concerned):
            if _KINDS.get(match.kind) == kind and match.child_ids & ids:
                yield Spot(text.words, match.start, match.end)


def _maybe(
    case: Case, match: Match, subject: str, others: list[int], out: tuple[Way, ...]
) -> Finding:
    """First name and surname together are hardly chance: the Head says so too, or the pupil is
    named and their permission asked. The same words whatever the pupil's permissions are."""
    pupils = [case.pupil(pk) for pk in others]
    ways = tuple(
        Way(
            f"Yes, {_called(pupil)}",
            "mention",
            "The permission to be named is then checked",
            (("child", str(pupil.pk)),),
        )
        for pupil in pupils[:MOST_WAYS]
        if len(pupils) <= MOST_WAYS
    )
    if match.kind != "full_name":
        number = "a pupil" if len(pupils) == 1 else f"{len(pupils)} pupils"
        return case.book.finding(
            "name_maybe",
            f"“{match.text}” is also the name of {number} of the school. Is a pupil meant?"
            + ("" if ways else " Then write the surname as well."),
            subject=subject,
            ways=(*ways, nobody_meant(subject), *out),
        )
    who = joined(sorted({f"{p.full_name}, {p.form}".rstrip(", ") for p in pupils}))
    return case.book.finding(
        "name_maybe",
        f"“{match.text}” is the name of a pupil of the school: {who}. If somebody else is meant, "
        "say who.",
        subject=f"{WHOLE}{subject}"[:100],
        ways=(*ways, *out),
        confirm=f"“{match.text}” is somebody else, and not our pupil {who}.",
    )


def nobody_meant(subject: str) -> Way:
    """One press says so; the Head reads it."""
    return Way(
        "It is somebody else, or no name",
        "somebody_else",
        "Kept as your answer; the Head reads it",
        (("word", mark_of(subject)),),
    )


def _called(child: Child) -> str:
    return f"{child.short_name} of {child.form}" if child.form else child.short_name
