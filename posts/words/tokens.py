"""A text as a row of words, cut where a reader sees a new word: spaces, marks, capitals, digits."""

from __future__ import annotations

from typing import NamedTuple

import regex

from posts.words.letters import plain_text, with_places

_WORD = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Han}|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+")
_TAGGED = regex.compile(
    r"[#@][\w.'-]+|\S*(?:_|://|\.(?:jpe?g|png|heic|heif|webp|gif|tiff?|bmp|mp4|mov)\b)\S*",
    regex.IGNORECASE,
)
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


def keys(name: str) -> list[str]:
    """A name's words, as `tokens` would cut them."""
    return [word.lower() for word in _WORD.findall(plain_text(name))]


def tokens(text: str) -> list[Token]:
    """All words of a text, in order."""
    shown, places = with_places(text)
    tags = [found.span() for found in _TAGGED.finditer(shown)]
    found: list[Token] = []
    before, tag = 0, 0
    for word in _WORD.finditer(shown):
        start, end = word.span()
        while tag < len(tags) and tags[tag][1] <= start:
            tag += 1
        tagged = tag < len(tags) and tags[tag][0] <= start
        gap = shown[before:start]
        first = not found
        found.append(
            Token(
                key=word.group().lower(),
                start=places[start],
                end=places[end - 1] + 1,
                gap=gap,
                follows=shown[end : end + 4],
                capital=shown[start].isupper(),
                joined=not first and (gap == " " or _joins(gap, found[-1])),
                opens=first or (gap != " " and not tagged and bool(_OPENS_SENTENCE.search(gap))),
                tagged=tagged,
            )
        )
        before = end
    return _spelled_out(found)


def _joins(gap: str, before: Token) -> bool:
    if len(gap) > _WIDEST_GAP:
        return False
    initial = len(before.key) == 1 and before.capital
    return not _ENDS_SENTENCE.search(gap) or (initial and "\n" not in gap)


def _spelled_out(found: list[Token]) -> list[Token]:
    """ "A m i r a" is one word."""
    if sum(len(token.key) == 1 for token in found) < _SPELLED_OUT:
        return found
    kept: list[Token] = []
    run: list[Token] = []
    for token in found:
        if run and not _spells_on(run[-1], token):
            kept += _as_one(run)
            run = []
        run.append(token)
    return kept + _as_one(run)


def _spells_on(last: Token, token: Token) -> bool:
    narrow = 0 < len(token.gap) <= 3
    return narrow and len(last.key) == len(token.key) == 1 and token.key.isascii()


def _as_one(run: list[Token]) -> list[Token]:
    if len(run) < _SPELLED_OUT:
        return run
    key = "".join(token.key for token in run)
    return [run[0]._replace(key=key, end=run[-1].end, capital=True)]
