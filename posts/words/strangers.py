"""Is it another person's name? "Michael Rosen" is not the Michael of Year 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from posts.words import ordinary
from posts.words.roster import NameIndex
from posts.words.tokens import Token

Capitals = tuple[int, int, int]
# A surname spelt as nearly as this may be the child's own, misspelt.
_ALIKE = 0.7
_MOSTLY_CAPITALS = 0.8
_FEWEST = 3
# A capital that may follow a child's name without being part of it.
_FOLLOWS = ordinary.words(
    "year years class form reception nursery and the of from in on at with for to by is was has "
    "who monday tuesday wednesday thursday friday saturday sunday i we you our well great good "
    "thank thanks congratulations bravo happy what wow a an also aged age"
)


def is_somebody_else(
    row: list[Token], at: int, after: int, ids: Iterable[int], index: NameIndex
) -> bool:
    """A first name with a surname that nobody on the roster has, or itself a surname after a first
    name, and not nearly the child's own. Not to be asked where capitals mean nothing."""
    if row[at].tagged:
        return False
    if _is_surname_of_the_word_before(row, at, index):
        return True
    if after >= len(row):
        return False
    next_ = row[after]
    if next_.gap != " " or not next_.capital or next_.tagged or len(next_.key) == 1:
        return False
    known = next_.key in index.firsts or next_.key in index.surnames
    if known or next_.key in _FOLLOWS or next_.key in ordinary.ORDINARY:
        return False
    return not any(_alike(next_.key, own) for pk in ids for own in index.surnamed.get(pk, ()))


def stands_alone(row: list[Token], at: int, after: int) -> bool:
    """A surname with its capital, no ordinary word, and neither a title nor a capital beside it."""
    token = row[at]
    if not token.capital or token.tagged or ordinary.after_title(row, at):
        return False
    if after == at + 1 and ordinary.is_surname_word(token.key):
        return False
    before = row[at - 1] if at else None
    next_ = row[after] if after < len(row) else None
    if before is not None and token.gap in {" ", "-", "'", ". "} and before.capital:
        return before.opens and before.key in _FOLLOWS
    return next_ is None or next_.gap not in {" ", "-"} or not next_.capital


def _is_surname_of_the_word_before(row: list[Token], at: int, index: NameIndex) -> bool:
    """The Oliver of "Jamie Oliver"."""
    if at == 0 or row[at].gap != " " or not row[at - 1].capital:
        return False
    return row[at - 1].key in index.firsts and row[at].key in index.surnames


def has_too_many_capitals(row: list[Token]) -> bool:
    """A headline, or somebody shouting: there a capital tells nothing."""
    return is_headline(*capitals(row)[1:])


def capitals(row: list[Token]) -> Capitals:
    """Words with a capital; words long enough to tell by; and how many of these have one."""
    long = [token for token in row if len(token.key) >= _FEWEST]
    with_one = sum(token.capital for token in long)
    return sum(token.capital for token in row), len(long), with_one


def is_headline(long: int, with_capital: int) -> bool:
    """Do nearly all of the long words have a capital?"""
    return long >= _FEWEST and with_capital >= _MOSTLY_CAPITALS * long


@lru_cache(maxsize=16_384)
def _alike(one: str, other: str) -> bool:
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) < _ALIKE * both:  # cannot be, whatever the letters
        return False
    if 2 * (Counter(one) & Counter(other)).total() < _ALIKE * both:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
