"""Protocol 2: a name needs its own permission, wherever it is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from consents.models import Child, Kind
from consents.words import cannot_be_shown, joined
from policy.findings import Finding, Way
from policy.models import Channel
from posts.checks.case import Case
from posts.checks.people import ask_way, drop_way
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
            yield from _refusals(case, wording.channel, kind, ids)


def named_on(case: Case, wording: Wording) -> dict[Kind, set[int]]:
    """Children shown or mentioned on this channel who are named there, by how much of the name."""
    return named_in(case.whole, case.names, wording)


def named_in(whole: WholePost, names: NameIndex, wording: Wording) -> dict[Kind, set[int]]:
    """The same without a check, looking only for these names. No query."""
    concerned = whole.children_on(wording.channel)
    named: dict[Kind, set[int]] = {}
    for match in _matches(whole, names, wording, concerned):
        if match.kind in _KINDS:
            named.setdefault(_KINDS[match.kind], set()).update(match.child_ids & concerned)
    return named


def names_of_others(case: Case) -> Iterator[Finding]:
    """A word that is also the name of a pupil who is not marked: a person says who is meant."""
    seen: set[str] = set()
    for wording in case.whole.wordings:
        concerned = case.whole.children_on(wording.channel)
        for match in _matches(case.whole, case.names, wording, concerned):
            others = match.child_ids - concerned
            if match.child_ids & concerned or not others:
                continue
            subject = match.text.casefold()[:100]
            if subject not in seen:
                seen.add(subject)
                yield _maybe(case, match, subject, sorted(others))


def names_in_file_names(case: Case) -> Iterator[Finding]:
    """The file name never leaves, but it can tell who was overlooked in the photo."""
    for number, picture in enumerate(case.whole.pictures, 1):
        here = {a.child_id for a in picture.appearances.all() if a.child_id}
        for match in find(picture.original_name, case.names, narrow_to=set()):
            if match.kind == "full_name" and not match.child_ids & here:
                yield case.book.finding(
                    "name_maybe",
                    f"The file of photo {number} is called like a pupil of the school who is not "
                    "marked in it. Is this pupil in the photo?",
                    subject=f"file:{picture.pk}:{match.text.casefold()[:80]}",
                    picture=picture.pk,
                )


def _matches(
    whole: WholePost, names: NameIndex, wording: Wording, concerned: set[int]
) -> list[Match]:
    texts = [whole.post.title, wording.words()]
    texts += [p.alt_text for p in whole.shown_on(wording.channel)]
    return [m for text in texts if text for m in find(text, names, narrow_to=concerned)]


def _refusals(case: Case, channel: Channel, kind: Kind, ids: set[int]) -> Iterator[Finding]:
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
            ways=(drop_way(channel), ask_way(missing, channel, kind)),
        )


def _maybe(case: Case, match: Match, subject: str, others: list[int]) -> Finding:
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
            ways=ways,
        )
    who = joined(sorted({f"{p.full_name}, {p.form}".rstrip(", ") for p in pupils}))
    return case.book.finding(
        "name_maybe",
        f"“{match.text}” is the name of a pupil of the school: {who}. If somebody else is meant, "
        "say who.",
        subject=f"{WHOLE}{subject}"[:100],
        ways=ways,
        confirm=f"“{match.text}” is somebody else, and not our pupil {who}.",
    )


def _called(child: Child) -> str:
    return f"{child.short_name} of {child.form}" if child.form else child.short_name
