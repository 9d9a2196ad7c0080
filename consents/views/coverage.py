"""The office's first page: who has answered, as a picture, and what to do about each gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consents.agreements import in_force
from consents.coverage import OPEN, By, Coverage, Group, Scope, Tally, coverage
from consents.endings import asked_again_before
from consents.exports.actions import may_take_school
from consents.models import Ask, Kind
from consents.views.purposes import choices, in_question_by_name, mend, purposes_named
from consents.views.reach import asked_platforms, must_may
from consents.words import joined
from policy.models import Platform
from schools.clock import noun
from schools.models import School
from schools.reach import me
from schools.roles import Permission

MOST_GAPS = 4
# Lines of this many pupils or more have the strongest colour from this part missing.
_TONES = ((0.0, "h0"), (0.12, "h1"), (0.34, "h2"), (1.0, "h3"))
# One and many, and what to do, for every reason why there is no answer that counts.
_WORDS = {
    Tally.CONFLICT: (
        "answer on which the family differs",
        "answers on which the family differs",
        "The no counts until it is settled. Talk to each alone; tell neither what the other said.",
        "Settle them",
    ),
    Tally.UNCLEAR: (
        "answer is unclear",
        "answers are unclear",
        "Until somebody reads them they count as no.",
        "Read them",
    ),
    Tally.UNCOUNTED: (
        "yes does not count yet",
        "yeses do not count yet",
        "Who said it may not decide, or the pupil’s own yes or date of birth is missing.",
        "See who may decide",
    ),
    Tally.SOME: (
        "yes is for some purposes only",
        "yeses are for some purposes only",
        "For a post with another purpose they count as no answer. {mend}",
        "See whose",
    ),
    Tally.ENDED: (
        "yes has ended",
        "yeses have ended",
        "They count as no. Ask again.",
        "See whom to ask again",
    ),
    Tally.ENDING: (
        "yes ends soon",
        "yeses end soon",
        "Within {weeks} weeks. After their last day they count as no.",
        "See whom to ask again",
    ),
}


@dataclass(frozen=True)
class Picture:
    """What the address asks for, and the numbers."""

    schools: list[School]
    school: School | None
    by: By
    kind: str
    platforms: list[Platform]
    found: Coverage
    weeks: int
    purposes: dict[str, str]
    purpose: str

    def address(self, **other: str) -> str:
        """The list of pupils, or this picture with something else."""
        query = {"kind": self.kind} | ({"school": self.school.slug} if self.school else {})
        query |= {"purpose": self.purpose} if self.purpose else {}
        return f"{reverse('consents:children')}?{urlencode(query | other)}"


def picture(request: HttpRequest) -> HttpResponse:
    """Schools, years or classes × platforms, for one kind."""
    shown = _picture(request)
    user = me(request)
    lines = [_line(shown, group) for group in _in_order(shown)]
    context = {
        "shown": shown,
        "lines": lines,
        "total": _total(shown),
        "kinds": _chips(shown, "kind", Kind.choices, shown.kind),
        "purposes": _chips(shown, "purpose", choices(shown.purposes), shown.purpose),
        "levels": _chips(shown, "by", _levels(shown), shown.by),
        "tasks": list(_tasks(shown)),
        "asks": Ask.objects.open().for_office(user).count(),
        "may_import": user.may_somewhere(Permission.CHILD_IMPORT),
        "may_take": any(may_take_school(user, school) for school in shown.schools),
        "may_hold": user.may_somewhere(Permission.HOLD_SET),
        "pupils": sum(shown.found.pupils.values()),
    }
    return render(request, "consents/coverage.html", context)


def _picture(request: HttpRequest) -> Picture:
    user = must_may(request, Permission.CONSENT_SEE)
    schools = list(School.objects.where(user, Permission.CONSENT_SEE))
    school = school_of(schools, request.GET.get("school", ""))
    if school is None and len(schools) == 1:
        school = schools[0]
    kind = request.GET.get("kind", Kind.PHOTO)
    kind = kind if kind in Kind.values else Kind.PHOTO.value
    levels = [By.YEAR, By.FORM] if school else [By.SCHOOL, By.YEAR]
    by = request.GET.get("by", "")
    level = By(by) if by in levels else (By.FORM if school else By.SCHOOL)
    platforms = asked_platforms()
    where = [school.pk] if school else [s.pk for s in schools]
    soon = asked_again_before(in_force())
    asked, purpose = purposes_named(request)
    scope = Scope(where, [p.pk for p in platforms], kind, soon=soon, purposes=asked)
    found = coverage(scope, level)
    every = in_question_by_name()
    return Picture(schools, school, level, kind, platforms, found, soon.days // 7, every, purpose)


def school_of(schools: Sequence[School], slug: str) -> School | None:
    """The school named, none if none is; one that is not theirs is not found."""
    if not slug:
        return None
    found = next((s for s in schools if s.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _in_order(shown: Picture) -> list[Group]:
    if shown.by is By.SCHOOL:
        return [(s.pk,) for s in shown.schools if (s.pk,) in shown.found.pupils]
    return sorted(shown.found.pupils, key=lambda group: tuple(_counting(str(g)) for g in group))


def _counting(name: str) -> tuple[int, int, str]:
    """Reception and nursery first, then 1, 2, … 10; whoever has none last."""
    digits = "".join(c for c in name if c.isdigit())
    if not name:
        return 2, 0, name
    return (1, int(digits), name) if digits else (0, 0, name)


def _line(shown: Picture, group: Group) -> dict[str, Any]:
    query, name, note = _names(shown, group)
    pupils = shown.found.pupils[group]
    squares = [
        _square(shown.found.of(group, p.pk), pupils, shown.address(platform=str(p.pk), **query), p)
        for p in shown.platforms
    ]
    return {"name": name, "note": note, "url": _open(shown, query), "squares": squares}


_EARLY = {"R": "Reception", "N": "Nursery", "N1": "Nursery 1", "N2": "Nursery 2"}


def _names(shown: Picture, group: Group) -> tuple[dict[str, str], str, str]:
    """What names this line in an address, its name, and a word beside it."""
    pupils = noun(shown.found.pupils[group], "pupil", "pupils")
    if shown.by is By.SCHOOL:
        school = next(s for s in shown.schools if s.pk == group[0])
        return {"school": school.slug}, school.short_name, pupils
    year = str(group[0])
    said = f"Year {year}" if year.isdigit() else _EARLY.get(year, year) or "No year"
    if shown.by is By.YEAR:
        return {"year": year}, said, pupils
    form = str(group[1])
    return {"class": form, "year": year}, form or "No class", said if form else ""


def _open(shown: Picture, query: dict[str, str]) -> str:
    """The line looked at closer: a school's classes, a class's own page."""
    if shown.by is By.SCHOOL:
        return shown.address(**query)
    if shown.by is By.FORM and query["class"] and shown.school:
        named = {"school": shown.school.slug, "class": query["class"], "kind": shown.kind}
        return f"{reverse('consents:class')}?{urlencode(named)}"
    return shown.address(list="all", **query)


def _square(
    counts: dict[str, int], pupils: int, address: str, platform: Platform
) -> dict[str, Any]:
    missing = sum(counts.get(t, 0) for t in OPEN)
    share = missing / pupils if pupils else 0
    tone = next(tone for limit, tone in _TONES if share <= limit)
    return {
        "platform": platform,
        "settled": pupils - missing,
        "pupils": pupils,
        "missing": missing,
        "yes": counts.get(Tally.YES, 0) + counts.get(Tally.ENDING, 0),
        "tone": tone,
        "url": f"{address}&list=missing",
        "counts": counts,
    }


def _total(shown: Picture) -> list[dict[str, Any]]:
    pupils = sum(shown.found.pupils.values())
    total = []
    for platform in shown.platforms:
        counts = _over_all(shown, platform)
        square = _square(counts, pupils, shown.address(platform=str(platform.pk)), platform)
        total.append(square | {"part": round(100 * square["settled"] / pupils) if pupils else 0})
    return total


def _over_all(shown: Picture, platform: Platform) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in shown.found.pupils:
        counts.update(shown.found.of(group, platform.pk))
    return counts


def _levels(shown: Picture) -> list[tuple[str, str]]:
    names = {By.SCHOOL: "Schools", By.YEAR: "Years", By.FORM: "Classes"}
    levels = [By.YEAR, By.FORM] if shown.school else [By.SCHOOL, By.YEAR]
    return [(level.value, names[level]) for level in levels]


def _chips(
    shown: Picture, name: str, choices: Sequence[tuple[str, Any]], current: str
) -> list[dict[str, Any]]:
    keep = {"by": shown.by.value}
    return [
        {"label": label, "url": shown.address(**keep | {name: value}), "current": value == current}
        for value, label in choices
    ]


def _tasks(shown: Picture) -> Iterator[dict[str, Any]]:
    """What needs a person: the largest gaps of those nobody asked, then every other reason."""
    yield from _gaps(shown)
    counts: Counter[str] = Counter()
    for platform in shown.platforms:
        counts.update(_over_all(shown, platform))
    for tally, (one, many, note, press) in _WORDS.items():
        number, pupils = counts.get(tally, 0), shown.found.people.get(tally, 0)
        if number:
            url = shown.address(list=tally.value)
            yield {
                "number": pupils,
                "words": f"{'pupil' if pupils == 1 else 'pupils'}, {noun(number, one, many)}",
                "note": note.format(weeks=shown.weeks, mend=mend(shown.purposes)),
                "url": url,
                "press": press,
            }


def _gaps(shown: Picture) -> Iterator[dict[str, Any]]:
    """Lines where most have no answer, worst first; platforms with the same gap together."""
    gaps: dict[tuple[int, Group], list[Platform]] = {}
    for group in shown.found.pupils:
        for platform in shown.platforms:
            number = shown.found.of(group, platform.pk)[Tally.NOT_ASKED]
            if number:
                gaps.setdefault((number, group), []).append(platform)
    worst = sorted(gaps.items(), key=lambda gap: -gap[0][0] * len(gap[1]))
    for (number, group), platforms in worst[:MOST_GAPS]:
        query, name, note = _names(shown, group)
        where = f"{name}, {note}" if shown.by is By.FORM and note else name
        have = "pupil has" if number == 1 else "pupils have"
        if len(platforms) == 1:
            query["platform"] = str(platforms[0].pk)
        yield {
            "number": number,
            "words": f"{have} no answer about {_joined(platforms)}: {where}",
            "note": "Nobody was asked, or nobody has answered. No answer counts as no.",
            "url": shown.address(list=Tally.NOT_ASKED.value, **query),
            "press": "See whom to ask",
        }


def _joined(platforms: Sequence[Platform]) -> str:
    if len(platforms) > 2:
        return f"{len(platforms)} platforms"
    return joined([p.name for p in platforms])
