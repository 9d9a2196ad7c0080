"""How long a yes lasts: its last day by the rule of its version, and that rule in plain words.

Every choice about it is made here, once, with its reason (R-149, R-164):

* The rule is the version's, because the words a parent read must say it.
* A no never ends, and every yes ends when the child leaves, whatever the rule (`consents.rules`).
* So many years end on the day before the anniversary: a year from 3 May is over on 2 May.
* A key stage ends with its last school year, on 31 August: Reception, then years 2, 6, 9, 11, 13,
  and 14 for those who stay on.
* The year group is the one on record, because a special school's pupil may be out of year. It is
  today's: an old form is counted back to the year the pupil was in when it was given. Without one
  the date of birth says it; without either, the yes ends with the school year, the shortest.
* In the last weeks of a stage, those in which parents are asked again, a yes is for the next one:
  it would else be over before anybody could use it, and asking again would change nothing.
* Whoever writes an answer down may shorten it and never lengthen it.
* An answer that notes no version, as every file's, lasts as long as the first published version
  says, for it is about that one. What was written down before there was any is given its end when
  the first is published (`consents.first_version`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone, translation

from consents.errors import NotAllowed
from consents.imports.values import year_group
from consents.models import AdultWording, Agreement, Child
from consents.wording import PARTS, Document, Rule, Wording
from schools import clock

RECEPTION, NURSERY = 0, -1
LAST_YEARS = (RECEPTION, 2, 6, 9, 11, 13, 14)
MOST_YEARS, MOST_WEEKS = 5, 26
_NEXT_DAY = timedelta(days=1)
OVER = (
    "Every yes to this version of the agreement has ended by then. Publish the next version first."
)


def last_day(document: Document, child: Child, given: date) -> date | None:
    """The last day on which a yes about this child counts, given on that day under this version.
    `None`: until the child leaves."""
    ends = document.ends
    if ends.rule == Rule.YEARS:
        return _anniversary(given, ends.years) - _NEXT_DAY
    if ends.rule == Rule.DAY:
        return date.fromisoformat(ends.day)
    if ends.rule == Rule.STAGE:
        end = _stage_end(child, given)
        near = end < given + timedelta(weeks=ends.weeks)
        return _stage_end(child, end + _NEXT_DAY) if near else end
    return None


def end_of_a_yes(
    agreement: Agreement | None, child: Child | None, given: datetime, wished: date | None
) -> date | None:
    """What is written down as its last day: the rule's, or an earlier one that somebody wishes.
    Without a version noted the rule is the first version's; for adults, whom no version asks, and
    before there is any version, it is the wish alone."""
    if child is None:
        return wished
    if agreement is not None and is_over(
        Document.read(agreement.content), timezone.localdate(given)
    ):
        raise NotAllowed(OVER)
    return end_under(agreement or first_version(), child, given, wished)


def end_under(
    rule: Agreement | None, child: Child, given: datetime, wished: date | None
) -> date | None:
    """The earlier of a version's last day and the one that somebody wishes. No query."""
    if rule is None:
        return wished
    end = last_day(Document.read(rule.content), child, timezone.localdate(given))
    return min((day for day in (end, wished) if day is not None), default=None)


def first_version() -> Agreement | None:
    """The first one ever published, which answers that note none are about. One query."""
    return Agreement.objects.exclude(content={}).order_by("number").first()


def end_of_an_adults(
    wording: AdultWording | None, given: datetime, wished: date | None
) -> date | None:
    """The same for a grown-up: so many years by the version they were asked with, or sooner."""
    if wording is None or wording.years is None:
        return wished
    end = _anniversary(timezone.localdate(given), wording.years) - _NEXT_DAY
    return min(end, wished) if wished else end


def is_over(document: Document, day: date) -> bool:
    """Has the version's own last day passed? A yes would not count for a minute."""
    return document.ends.rule == Rule.DAY and date.fromisoformat(document.ends.day) < day


def ends_all_on(agreement: Agreement | None) -> date | None:
    """The one day on which this version ends every yes, if it does."""
    ends = Document.read(agreement.content if agreement else {}).ends
    return date.fromisoformat(ends.day) if ends.rule == Rule.DAY else None


def asked_again_before(agreement: Agreement | None) -> timedelta:
    """How long before its end a yes is asked for again: as the version in force says."""
    return timedelta(weeks=Document.read(agreement.content if agreement else {}).ends.weeks)


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day ends, on 31 August."""
    return day.year + (day.month >= 9)


def year_on(child: Child, day: date) -> int | None:
    """The year group on a day, Reception being 0; `None` where nothing says it."""
    named = year_group(child.year)
    if named:
        number = int({"Reception": RECEPTION, "Nursery": NURSERY}.get(named, named))
        return number - (school_year(timezone.localdate()) - school_year(day))
    if child.born_on is None:
        return None
    return school_year(day) - school_year(child.born_on) - 5


def sections(document: Document, wording: Wording) -> list[tuple[str, str]]:
    """The parts that are filled, each with what it is about in this language. How long a yes lasts
    is said by the rule itself."""
    found = []
    for key, about in PARTS.items():
        said = [sentence(document, wording)] if key == "ends" else []
        text = "\n\n".join(filter(None, [*said, wording.parts.get(key, "")]))
        if text:
            found.append((wording.words.get(f"part_{key}", about), text))
    return found


def sentence(document: Document, wording: Wording) -> str:
    """The rule in this language; nothing in a version that has no words for it, whose own text
    says it."""
    ends = document.ends
    one = ends.rule == Rule.YEARS and ends.years == 1
    day = spoken(date.fromisoformat(ends.day), wording) if ends.rule == Rule.DAY else ""
    key = "ends_year" if one else f"ends_{ends.rule}"
    return wording.say(key, number=ends.years, weeks=ends.weeks, day=day)


def each_last_day(
    document: Document, wording: Wording, named: Iterable[tuple[Child, str]], given: date
) -> list[str]:
    """ "A yes for Ife and Tobi from today counts until 31 August 2029.": one line for each day.
    Nothing where the rule itself names the day, or none does."""
    if document.ends.rule not in {Rule.YEARS, Rule.STAGE}:
        return []
    days = [(last_day(document, child, given) or given, name) for child, name in named]
    return [
        wording.say(
            "ends_for",
            children=together([name for _, name in alike], wording),
            day=spoken(day, wording),
        )
        for day, alike in groupby(sorted(days, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    ]


def together(names: list[str], wording: Wording) -> str:
    """ "Ife, Tobi and Sade" in this language."""
    if len(names) < 2:
        return "".join(names)
    return f" {wording.say('and')} ".join([", ".join(names[:-1]), names[-1]])


def spoken(day: date, wording: Wording) -> str:
    """A day with its month in words, in this language where Django knows them."""
    with translation.override(wording.code):
        return clock.day(day)


def _stage_end(child: Child, day: date) -> date:
    """31 August at the end of the key stage of a day."""
    now, year = school_year(day), year_on(child, day)
    last = None if year is None else next((last for last in LAST_YEARS if year <= last), None)
    left = 0 if last is None or year is None else last - year
    return date(now + left, 8, 31)


def _anniversary(day: date, years: int) -> date:
    """29 February has its anniversary on 1 March in other years, as the 18th birthday has."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
