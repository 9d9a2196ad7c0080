"""Personal details in the title, the words and the alt texts: asked about, never stopped.

R-018, R-036, R-127: a shape can be wrong, so a person says whether it may be public.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from policy.findings import Finding
from posts.checks.case import Case
from posts.checks.cutting import Spot, ways_to_take_out
from posts.checks.passages import Passage, passages
from posts.words.details import Detail, Published, Sort, class_beside, details, mentions_class

RULE = "confidential_details"


def personal_details(case: Case) -> Iterator[Finding]:
    """One finding for each detail, wherever it stands first. What the school itself publishes,
    and when a club meets that nobody is shown or named with, is no news."""
    if not case.book.is_on(RULE):
        return
    school = case.whole.post.school
    own = Published.of(phone=school.phone, email=school.office_email, address=school.address)
    first: dict[str, tuple[Passage, Detail]] = {}
    spots: dict[str, list[Spot]] = {}
    for passage in passages(case.whole):
        for detail in (*details(passage.text), *_classes(case, passage)):
            if own.has(detail) or _is_a_club(case, detail):
                continue
            subject = _subject(detail)
            first.setdefault(subject, (passage, detail))
            spots.setdefault(subject, []).append(Spot(passage.text, detail.start, detail.end))
    for subject, (passage, detail) in first.items():
        yield _finding(case, passage, detail, subject, spots[subject])


def _finding(
    case: Case, passage: Passage, detail: Detail, subject: str, spots: list[Spot]
) -> Finding:
    return case.book.finding(
        RULE,
        f"There is {detail.sort} in {passage.where}: “{detail.text}”. Take it out, or say whose "
        "it is and why it may be public.",
        subject=subject,
        channels=passage.channels,
        picture=passage.picture,
        ways=ways_to_take_out(case.whole, spots),
    )


def _subject(detail: Detail) -> str:
    """The same for the same words; the detail itself is not kept with the answer."""
    words = " ".join(detail.text.lower().split())
    return f"{detail.sort.name.lower()}:{sha256(words.encode()).hexdigest()[:16]}"


def _is_a_club(case: Case, detail: Detail) -> bool:
    return detail.sort is Sort.ROUTINE and not case.whole.children


def _classes(case: Case, passage: Passage) -> Iterator[Detail]:
    """A full name with a class or year beside it tells a stranger where to find a child."""
    text = passage.text
    if not mentions_class(text):
        return
    for match in case.children_named(text, case.whole.children.keys()):
        form = min((case.pupil(pk).form for pk in match.child_ids), default="")
        label = class_beside(text, match.start, match.end, form)
        if match.kind == "full_name" and label:
            yield Detail(Sort.CLASS, f"{match.text}, {label}", match.start, match.end)
