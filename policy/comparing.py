"""Two versions side by side: what one says and the other does not, each change also in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policy.models import PolicyVersion, Purpose, Rule
from policy.naming import said_term, said_value
from policy.presets.files import WEIGHT
from schools.roles import Role

_CONTROL = {
    "title": "Title",
    "owner_role": "Owner",
    "circulation": "For whom",
    "standing": "Standing",
    "review_months": "Months between reviews",
}
_OF_A_RULE = {
    "title": "its name",
    "reference": "its clause",
    "text": "what it asks",
    "mode": "its weight",
    "on": "in use",
    "roles": "who mends it or acts",
    "shown": "where it stands besides",
}
# Longer than this a text is not said twice in one sentence; it stands beside the other.
_SHORT = 90


@dataclass(frozen=True)
class Change:
    """One place where they differ; an empty side says nothing there. `said`: the change in words.
    Of lists each side holds what the other has not."""

    part: str
    what: str
    before: str
    after: str
    said: str


def changes(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Everything in which `after` differs from `before`, in the order of the page. Four queries."""
    asked = (_control, _terms, _words, _rules, _purposes)
    return [change for ask in asked for change in ask(before, after)]


def _control(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    for name, label in _CONTROL.items():
        yield from _pair("The document", label, getattr(before, name), getattr(after, name))


def _terms(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    for name in {**before.terms, **after.terms}:
        was, now = before.terms.get(name), after.terms.get(name)
        if name == "routes":
            for route in {**(was or {}), **(now or {})}:
                pair = ((was or {}).get(route), (now or {}).get(route))
                yield from _route(said_term(route), *pair)
        else:
            yield from _pair("What it decides", said_term(name), was, now)


def _words(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    for name in {**before.words, **after.words}:
        pair = (before.words.get(name), after.words.get(name))
        yield from _pair("Lists of words", said_term(name), *pair, literally=True)


def _rules(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    was = {rule.key: rule for rule in before.rules.all()}
    now = {rule.key: rule for rule in after.rules.all()}
    for key in {**was, **now}:
        one, other = was.get(key), now.get(key)
        if one is None:
            yield Change("Rules", now[key].title, "", now[key].text, "It is new.")
            continue
        if other is None:
            yield Change("Rules", one.title, one.text, "", "It is left out.")
            continue
        for name, label in _OF_A_RULE.items():
            if (pair := (getattr(one, name), getattr(other, name)))[0] != pair[1]:
                yield _of_a_rule(one, name, label, *pair)


def _of_a_rule(rule: Rule, name: str, label: str, was: Any, now: Any) -> Change:
    what = f"{rule.title}: {label}"
    if name == "on":
        said = "It is in use from now on." if now else "It is no longer in use."
        return Change("Rules", what, said_value(was), said_value(now), said)
    if name == "mode":
        before, after = Rule.Mode(was).label, Rule.Mode(now).label
        weights = WEIGHT[now] - WEIGHT[was]
        how = "Stricter" if weights > 0 else "Less strict" if weights < 0 else "Otherwise"
        return Change("Rules", what, before, after, f"{how}: it {after}. Before, it {before}.")
    literally = name in {"title", "text", "reference"}
    [change] = _pair("Rules", what, was, now, literally=literally)
    return change


def _purposes(before: PolicyVersion, after: PolicyVersion) -> Iterator[Change]:
    was, now = ({p.key: p for p in v.purposes.all()} for v in (before, after))
    for key in {**was, **now}:
        name = (now.get(key) or was[key]).name
        sides = [_purpose(v.get(key)) for v in (was, now)]
        yield from _pair("What posts are for", name, *sides, literally=True)

    kept = [[key for key in side if key in was and key in now] for side in (was, now)]
    if kept[0] != kept[1]:
        had, has = (said_value([now[k].name for k in keys], literally=True) for keys in kept)
        said = "The same, in another order."
        yield Change("What posts are for", "Their order", had, has, said)


def _purpose(purpose: Purpose | None) -> str:
    if purpose is None:
        return ""
    return f"{purpose.name}, an update or reminder" if purpose.is_update else purpose.name


def _route(what: str, was: Any, now: Any) -> Iterator[Change]:
    if was != now:
        before, after = said_value(was), said_value(now)
        said = f"It goes to: {after}. Before, to: {before}."
        yield Change("Who is asked or told", what, before, after, said)


def _pair(part: str, what: str, was: Any, now: Any, *, literally: bool = False) -> Iterator[Change]:
    """One change, or none. `literally`: these are somebody's words and no keys."""
    if was == now:
        return
    if what == "Owner":
        was, now = Role(was).label, Role(now).label
    if isinstance(was, list) and isinstance(now, list):
        yield _of_lists(part, what, was, now, literally=literally)
        return
    before, after = (said_value(v, literally=literally) for v in (was, now))
    yield Change(part, what, before, after, _said(before, after))


def _said(before: str, after: str) -> str:
    if not before:
        return f"It is new: {after}" if len(after) <= _SHORT else "It is new."
    if not after:
        return "It is left out."
    if max(len(before), len(after)) > _SHORT:
        return "It is said in other words."
    return f"It is now “{after}”. It was “{before}”."


def _of_lists(part: str, what: str, was: list[Any], now: list[Any], *, literally: bool) -> Change:
    gone, new = [v for v in was if v not in now], [v for v in now if v not in was]
    if not gone and not new:
        sides = [said_value(v, literally=literally) for v in (was, now)]
        return Change(part, what, sides[0], sides[1], "The same, in another order.")
    said = []
    for entries, verb in ((new, "New"), (gone, "Left out")):
        if entries:
            named = [said_value(v, literally=literally) for v in entries[:3]]
            more = f" and {len(entries) - 3} more" if len(entries) > 3 else ""
            said.append(f"{verb}: {'; '.join(named)}{more}.".replace("..", "."))
    if kept := len(was) - len(gone):
        said.append(f"{kept} as before.")
    sides = [said_value(v, literally=literally) for v in (gone, new)]
    return Change(part, what, sides[0], sides[1], " ".join(said))


def by_part(found: list[Change]) -> Mapping[str, list[Change]]:
    """The changes under the heading of their part, in order."""
    parts: dict[str, list[Change]] = {}
    for change in found:
        parts.setdefault(change.part, []).append(change)
    return parts
