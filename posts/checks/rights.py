"""Whose the photos are, and what of ours they show: intellectual property (R-100 to R-103, R-171)
and pictures that could mislead (R-042)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.text import capfirst

from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.models import Appearance, MaterialRequest, Picture, Wording
from posts.origins import permitting, rules

Matter = MaterialRequest.Matter
_MATTERS = (
    (Matter.LOGO, "logo", "a logo of ours that is not in the brand library"),
    (Matter.DOCUMENT, "internal_material", "a confidential or internal document"),
)
# Said in the words, nobody is misled.
_SAYS_SO = re.compile(
    r"\b(edited|retouched|altered|montage|collage|composite|photoshopped|AI|A\.I\."
    r"|artificial intelligence|generated|illustration|made (?:by|with) (?:a|the) computer)\b",
    re.IGNORECASE,
)


def asked(case: Case) -> list[tuple[int, Picture]]:
    """The numbered photos of which it is asked where they come from. What was frozen before that
    was asked is not held up by it."""
    if case.whole.post.content_form == 1:
        return []
    numbered = enumerate(case.whole.pictures, 1)
    return [(n, p) for n, p in numbered if p.state != Picture.State.REFUSED]


def rights_stated(case: Case) -> Iterator[Finding]:
    """Every photo has a basis; what is not ours has a source, and a credit that is published."""
    if not case.book.is_on("rights"):
        return
    for number, picture in asked(case):
        for what, message in _missing(number, picture):
            yield case.book.finding(
                "rights", message, subject=f"{picture.pk}:{what}", picture=picture.pk
            )


def credit_given(case: Case) -> Iterator[Finding]:
    """Sources are named accurately (R-103)."""
    if not case.book.is_on("credit"):
        return
    for number, picture in asked(case):
        if picture.is_of_others and not picture.credit:
            yield case.book.finding(
                "credit",
                f"Say whom to name for photo {number}; it is published under the words.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )


def material_permitted(case: Case) -> Iterator[Finding]:
    """Our logos and confidential material need a written permission of whom the policy names."""
    for number, picture in asked(case):
        given = {m.matter for m in rules.permitted(picture)}
        for matter, rule, words in _MATTERS:
            if rules.shows(picture, matter) and matter not in given and _is_asked(case, rule):
                yield _needs_permission(case, number, picture, matter, rule, words)
        logo = picture.logo
        if logo is not None and logo.ended_at is not None and rules.logo_asked(case.book):
            yield case.book.finding(
                "logo",
                f"The logo in photo {number} may no longer be used.",
                subject=f"{picture.pk}:ended",
                picture=picture.pk,
            )


def nobody_misled(case: Case) -> Iterator[Finding]:
    """An edited or generated picture says so, or author and approver answer for it."""
    if not case.book.is_on("misleading"):
        return
    for number, picture in asked(case):
        if not picture.altered:
            continue
        silent = [w.channel for w in case.whole.wordings if _is_silent(case, picture, w)]
        if silent:
            how = "was edited" if picture.altered == "edited" else "was made by a computer"
            yield case.book.finding(
                "misleading",
                f"Photo {number} {how}. Say so in the words, or tell why nobody is misled.",
                subject=f"{picture.pk}:{picture.altered}",
                picture=picture.pk,
                channels=tuple(channel.pk for channel in silent),
            )


def _missing(number: int, picture: Picture) -> Iterator[tuple[str, str]]:
    if not picture.rights:
        yield "basis", f"Say where photo {number} comes from."
    elif picture.is_of_others and not picture.evidence:
        yield "evidence", f"Say where the permission for photo {number} stands."
    elif picture.rights == Picture.Rights.WORK and not _has_work(picture):
        yield "work", f"Say whose work photo {number} shows, on its list of people."


def _is_asked(case: Case, rule: str) -> bool:
    return case.book.is_on(rule) and (rule != "logo" or rules.logo_asked(case.book))


def _has_work(picture: Picture) -> bool:
    return any(a.kind == Appearance.Kind.WORK for a in picture.appearances.all())


def _is_silent(case: Case, picture: Picture, wording: Wording) -> bool:
    """Is it shown there, and do the words not say what it is?"""
    shown = case.whole.is_shown(picture, wording.channel)
    return shown and not _SAYS_SO.search(f"{case.whole.post.title}\n{wording.words()}")


def _needs_permission(
    case: Case, number: int, picture: Picture, matter: str, rule: str, words: str
) -> Finding:
    ways: tuple[Way, ...] = ()
    who = permitting.whoever(matter, case.book)
    answers = [m.answer for m in picture.materials.all() if m.matter == matter]
    if "" in answers:
        message = f"{capfirst(who.the)} has been asked whether photo {number} may show {words}."
    else:
        refused = " It was not permitted." if answers else ""
        message = f"Photo {number} shows {words}: {who.the} permits it in writing.{refused}"
        fields = (("picture", str(picture.pk)), ("matter", str(matter)))
        ways = (Way(f"Ask {who.the}", "ask_permission", "The draft waits for the answer", fields),)
    return case.book.finding(rule, message, subject=f"{picture.pk}", picture=picture.pk, ways=ways)
