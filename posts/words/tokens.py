"""A text as a row of words, cut where a reader sees a new word: spaces, marks, capitals, digits."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, NamedTuple

import regex

from posts.words.letters import plain_text, with_places

_WORD = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Han}|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+")
# The same for text without accents, in a third of the time.
_PLAIN_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TAGGED = regex.compile(
    r"[#@][\w.'-]+|\S*(?:_|://|\.(?:jpe?g|png|heic|heif|webp|gif|tiff?|bmp|mp4|mov)\b)\S*",
    regex.IGNORECASE,
)
# Without one of these there is no tag, and no need to look for one.
_TAG_SIGNS = re.compile(r"[#@_]|://|\.[jphwgtbm]", re.IGNORECASE)
_ENDS_SENTENCE = regex.compile(r"[.!?…]\W*\s|\n\s*\n")
_OPENS_SENTENCE = regex.compile(r"[.!?…\n•]")
_WIDEST_GAP = 16  # letters, after invisible ones are gone: room for a few emoji between two names
_SPELLED_OUT = 4  # this many single letters in a row spell a word


class Token(NamedTuple):
    """A word: its plain lower-case key, its place in the original text, and what stands before."""

    key: str
    start: int
    end: int
    gap: str
    follows: str  # the next few letters
    capital: bool
    joined: bool  # could belong to the same name as the word before
    opens: bool  # begins a sentence or line
    tagged: bool  # part of a hashtag, account, address or file name


# Without the class in between it takes half the time.
_new = partial(tuple.__new__, Token)


def keys(name: str) -> list[str]:
    """A name's words, as `tokens` would cut them."""
    return [word.lower() for word in _WORD.findall(plain_text(name))]


def tokens(text: str, *, is_label: bool = False) -> list[Token]:
    """All words of a text, in order. `is_label`: the name of a file, where a capital says nothing
    and every word counts as one of a tag."""
    shown, places = with_places(text)
    tags = [(0, len(shown))] if is_label else _tags(shown)
    pattern: Any = _PLAIN_WORD if shown.isascii() else _WORD
    found: list[Token] = []
    before, tag, tagged, single = 0, 0, False, 0
    for word in pattern.finditer(shown):
        start, end = word.span()
        if tags:
            while tag < len(tags) and tags[tag][1] <= start:
                tag += 1
            tagged = tag < len(tags) and tags[tag][0] <= start
        gap = shown[before:start]
        written = word[0]
        key = written.lower()
        if gap == " " and found:
            joined, opens = True, False
        else:
            joined = bool(found) and _joins(gap, found[-1])
            opens = not found or (not tagged and bool(_OPENS_SENTENCE.search(gap)))
        place, stop = places[start], places[end - 1] + 1
        follows = shown[end : end + 4]
        large = key[0] != written[0]
        found.append(_new((key, place, stop, gap, follows, large, joined, opens, tagged)))
        single += len(key) == 1
        before = end
    return found if single < _SPELLED_OUT else _spelled_out(found)


def _tags(shown: str) -> list[tuple[int, int]]:
    return [f.span() for f in _TAGGED.finditer(shown)] if _TAG_SIGNS.search(shown) else []


def _joins(gap: str, before: Token) -> bool:
    if len(gap) > _WIDEST_GAP:
        return False
    initial = len(before.key) == 1 and before.capital
    shortened = initial or before.key == "st"  # "St. Clair"
    return not _ENDS_SENTENCE.search(gap) or (shortened and "\n" not in gap)


def _spelled_out(found: list[Token]) -> list[Token]:
    """ "A m i r a" is one word."""
    if not _has_run(found):
        return found
    kept: list[Token] = []
    run: list[Token] = []
    for token in found:
        if run and not _spells_on(run[-1], token):
            kept += _as_one(run)
            run = []
        run.append(token)
    return kept + _as_one(run)


def _has_run(found: list[Token]) -> bool:
    run = 0
    for token in found:
        run = run + 1 if len(token.key) == 1 else 0
        if run == _SPELLED_OUT:
            return True
    return False


def _spells_on(last: Token, token: Token) -> bool:
    narrow = 0 < len(token.gap) <= 3
    return narrow and len(last.key) == len(token.key) == 1 and token.key.isascii()


def _as_one(run: list[Token]) -> list[Token]:
    if len(run) < _SPELLED_OUT:
        return run
    key = "".join(token.key for token in run)
    return [run[0]._replace(key=key, end=run[-1].end, capital=True)]
