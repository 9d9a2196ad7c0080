"""The demo's families as plain values: children with their classes, parents, and what they answer.

Nothing here touches the database. The same seed gives the same families.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from config.demo import names


@dataclass
class Form:
    """A class of a school. `age`: years old on 1 September before the school year."""

    school: str
    year: str
    name: str
    age: int
    size: int


@dataclass
class Grown:
    """A parent, carer or authority."""

    first: str
    surname: str
    relationship: str
    responsible: bool = True
    court_order: bool = False
    title: str = ""


@dataclass
class Kid:
    """A pupil, with how the family stands to being shown (`manner`: see `answers.py`)."""

    first: str
    surname: str
    form: Form
    born_on: date | None
    manner: str
    preferred: str = ""
    preferred_surname: str = ""
    grown: list[Grown] = field(default_factory=list)
    extras: dict[str, object] = field(default_factory=dict)
    hold: str = ""


# How families stand, with how many in a hundred. Each is a state the office meets.
MANNERS = {
    "all": 40,
    "all_and_names": 12,
    "no_tiktok": 12,
    "school_only": 9,
    "news_only": 5,
    "never": 5,
    "unasked": 7,
    "expired": 3,
    "unclear": 3,
    "withdrawn": 2,
    "disagree": 2,
}
GROWN_UPS = 2_500


def forms() -> list[Form]:
    """Every class: 420 children at Oak, 960 at Elm, 120 at Willow."""
    made = []
    for step, year in enumerate(["R", "1", "2", "3", "4", "5", "6"]):
        made += [Form("oak", year, f"{year}{letter}", 4 + step, 30) for letter in "AB"]
    for step, year in enumerate(["7", "8", "9", "10", "11"]):
        made += [Form("elm", year, f"{year}{letter}", 11 + step, 23) for letter in "ABCDEFGH"]
    made += [Form("elm", "12", "12S", 16, 20), Form("elm", "13", "13S", 17, 20)]
    trees = ["Hazel", "Rowan", "Birch", "Maple", "Cherry", "Aspen", "Alder", "Holly", "Cedar"]
    for step, tree in enumerate(trees):
        age = 5 + step + step // 3
        made.append(Form("willow", str(age - 4), f"{tree} Class", age, 10))
    made += [
        Form("willow", "12", "Bridge 1", 16, 10),
        Form("willow", "13", "Bridge 2", 17, 10),
        Form("willow", "14", "Bridge 3", 18, 10),
    ]
    return made


def born(dice: Random, form: Form, today: date) -> date:
    """A birthday that fits the class in the school year of `today`."""
    begun = today.year if today.month >= 9 else today.year - 1
    return date(begun - form.age - 1, 9, 1) + timedelta(days=dice.randrange(365))


def families(dice: Random, today: date, cast: list[Kid]) -> list[Kid]:
    """All other children: families of one to four, in the places the named cast leaves."""
    taken = Counter(kid.form.name for kid in cast)
    room = {form.name: form.size - taken[form.name] for form in forms()}
    places = [form for form in forms() for _ in range(room[form.name])]
    dice.shuffle(places)
    kids: list[Kid] = []
    while places:
        size = min(len(places), dice.choices([1, 2, 3, 4], [79, 17, 3, 1])[0])
        kids += _family(dice, _near(places, size), today)
    _limit_grown(dice, kids, GROWN_UPS - len({id(one) for kid in cast for one in kid.grown}))
    return kids


def _near(places: list[Form], size: int) -> list[Form]:
    """Places for siblings, taken off the list. Twins may share a class."""
    return [places.pop() for _ in range(size)]


def _family(dice: Random, places: list[Form], today: date) -> Iterator[Kid]:
    background = names.heritage(dice)
    surname = names.surname(dice, background)
    manner = dice.choices(list(MANNERS), list(MANNERS.values()))[0]
    grown = _grown(dice, background, surname)
    used: set[str] = set()
    kids = [_kid(dice, background, surname, form, today, manner, grown, used) for form in places]
    for kid in kids[1:]:
        if kid.form.age == kids[0].form.age:
            kid.born_on = kids[0].born_on  # twins
    yield from kids


def _kid(
    dice: Random,
    background: str,
    surname: str,
    form: Form,
    today: date,
    manner: str,
    grown: list[Grown],
    used: set[str],
) -> Kid:
    first, preferred = names.child_name(dice, background)
    while first in used:
        first, preferred = names.child_name(dice, background)
    used.add(first)
    kid = Kid(first, surname, form, born(dice, form, today), manner, preferred, grown=grown)
    if dice.random() < 0.02:
        kid.preferred_surname = names.surname(dice, background)
    if form.age >= 15 and manner.startswith("all") and dice.random() < 0.3:
        kid.extras["decides"] = "pupil"
    if form.age >= 18 and dice.random() < 0.4:
        kid.extras["best_interests"] = True
    if dice.random() < 0.004:
        kid.born_on = None
    return kid


def _grown(dice: Random, background: str, surname: str) -> list[Grown]:
    """One to three grown-ups; some without responsibility, a few limited by a court."""
    mother = Grown(names.adult_name(dice, background, woman=True), surname, "Mother", title="Mrs")
    father = Grown(names.adult_name(dice, background, woman=False), surname, "Father", title="Mr")
    if dice.random() < 0.2:
        mother.surname = names.surname(dice, background)
    found = [mother, father] if dice.random() < 0.8 else [mother]
    if dice.random() < 0.02:
        father.court_order = True
    if dice.random() < 0.06:
        first = names.adult_name(dice, background, woman=True)
        found.append(Grown(first, surname, "Grandmother", responsible=False))
    if dice.random() < 0.04:
        found.append(Grown("", "Social worker", "Local authority", responsible=dice.random() < 0.5))
    return found


def _limit_grown(dice: Random, kids: list[Kid], wanted: int) -> None:
    """Make it `wanted` grown-ups: leave out fathers, or add aunts."""
    groups = list({id(kid.grown): kid.grown for kid in kids}.values())
    dice.shuffle(groups)
    number = sum(len(group) for group in groups)
    for group in groups:
        if number > wanted and len(group) == 2:
            group.pop()
            number -= 1
        elif number < wanted:
            group.append(_another(dice))
            number += 1


def _another(dice: Random) -> Grown:
    relationship, woman = dice.choice(
        [("Grandmother", True), ("Grandfather", False), ("Stepfather", False), ("Aunt", True)]
    )
    background = names.heritage(dice)
    first = names.adult_name(dice, background, woman=woman)
    return Grown(first, names.surname(dice, background), relationship, responsible=False)
