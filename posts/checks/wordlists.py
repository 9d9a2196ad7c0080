"""The policy's word lists, asked of the title, the words and the alt texts. A list only warns.

Each check is one list, one rule and one sentence. Whether the approver answers as well stands in
the rule's roles (`Finding.approver_answers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consents.words import joined
from policy.findings import Finding
from posts.checks.case import Case
from posts.checks.cutting import Spot, ways_to_take_out
from posts.words.wordlists import Hit, WordList, compiled

# Which list each of these rules reads.
LISTS = {
    "sensitive_topics": "sensitive_topics",
    "offence_words": "offence",
    "negative_words": "negative",
    "references": "reference_like",
    "unsourced_claim": "claims",
    "disparagement": "disparagement",
}
_GROUP = "of:"
_STOPS = ".!?\n"


def sensitive_topics(case: Case) -> Iterator[Finding]:
    """R-095: nothing on confidential or sensitive matters without the Head's written note."""
    yield from _of_list(
        case,
        "sensitive_topics",
        "{} {touches} on a sensitive matter. Say why the post should speak of it, or leave it out. "
        "Whoever approves writes a note as well.",
    )


def words_of_offence(case: Case) -> Iterator[Finding]:
    """R-014, R-105: insults, obscenity, slurs, also behind figures and stars."""
    yield from _of_list(
        case,
        "offence_words",
        "{} can offend. Say how it is meant, or write it otherwise.",
        disguised=True,
    )


def negative_tone(case: Case) -> Iterator[Finding]:
    """R-074: posts are positive. Updates and reminders need not be (R-075)."""
    if not case.whole.post.is_update:
        yield from _of_list(
            case,
            "negative_words",
            "{} {does} not sound positive. Say what is good about this news, or write it "
            "otherwise.",
        )


def reference_like(case: Case) -> Iterator[Finding]:
    """R-044: no references for people on social media."""
    yield from _of_list(
        case,
        "references",
        "{} {reads} like a reference. The trust gives none on social media: leave it out, or say "
        "why it is none.",
    )


def claims_with_a_source(case: Case) -> Iterator[Finding]:
    """R-103, R-042: a claim is accurate, and says where it comes from."""
    yield from _of_list(
        case,
        "unsourced_claim",
        "{} {is} a claim. Say where it comes from; best of all in the post itself.",
    )


def disparagement(case: Case) -> Iterator[Finding]:
    """R-038, R-082 to R-088: nobody of the seven groups is run down. A word alone is none: it
    stands in one sentence with a word for the group."""
    if not case.book.is_on("disparagement"):
        return
    entries = case.book.words(LISTS["disparagement"])
    words = compiled(tuple(e for e in entries if not e.startswith(_GROUP)))
    found: dict[str, set[str]] = {}
    spots: dict[str, list[Spot]] = {}
    for reading in case.readings:
        for hit in words.find(reading):
            for group, members in _groups(entries):
                if any(_together(reading.text, hit, one) for one in members.find(reading)):
                    found.setdefault(group, set()).add(_key(hit))
                    spots.setdefault(group, []).append(Spot(reading.text, hit.start, hit.end))
    for group, hits in found.items():
        yield case.book.finding(
            "disparagement",
            f"{_quoted(hits)} could be read as running down {group}. Say how it is meant, or write "
            "it otherwise.",
            subject=f"{group}:{','.join(sorted(hits))}"[:120],
            ways=ways_to_take_out(case.whole, spots[group]),
        )


def _of_list(case: Case, rule: str, sentence: str, *, disguised: bool = False) -> Iterator[Finding]:
    """One finding for all the words of one list: other words ask anew."""
    if not case.book.is_on(rule):
        return
    words = compiled(case.book.words(LISTS[rule]))
    found = [(r, h) for r in case.readings for h in words.find(r, disguised=disguised)]
    hits = {_key(hit): hit.text for _, hit in found}
    if not hits:
        return
    verbs = _MANY if len(hits) > 1 else _ONE
    yield case.book.finding(
        rule,
        sentence.format(_quoted(hits.values()), **verbs),
        subject=",".join(sorted(hits))[:120],
        ways=ways_to_take_out(case.whole, (Spot(r.text, h.start, h.end) for r, h in found)),
    )


_ONE = {"touches": "touches", "does": "does", "reads": "reads", "is": "is"}
_MANY = {"touches": "touch", "does": "do", "reads": "read", "is": "are"}


def _groups(entries: Iterable[str]) -> Iterator[tuple[str, WordList]]:
    """ "of: suppliers = supplier, caterer" → who is meant, and the words for them."""
    for entry in entries:
        if entry.startswith(_GROUP):
            name, _, members = entry.removeprefix(_GROUP).partition("=")
            yield name.strip(), compiled(tuple(one.strip() for one in members.split(",")))


def _together(text: str, one: Hit, other: Hit) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return not any(stop in between for stop in _STOPS)


def _key(hit: Hit) -> str:
    return " ".join(hit.text.lower().split())


def _quoted(hits: Iterable[str]) -> str:
    return joined([f"“{hit}”" for hit in sorted(hits)])
