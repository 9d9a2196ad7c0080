"""What the answers of one row amount to, and how it is said: lumps, contradictions and notes.

* A lump yes permits nothing; it is a hint. A lump no is a no to every platform it covers.
* A lump no beside a platform's yes is a contradiction: unclear.
* A note beside the answers makes all of them unclear: a person has to read it.
* Unclear permits nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from consents.imports import fields
from consents.imports.records import Row, Told
from consents.models import Answer

NO = frozenset([Answer.NO, Answer.WITHDRAWN])


def settle(row: Row, asked: Iterable[str]) -> None:
    """Fold lumps and notes into `row.answers`. `asked`: platforms parents are asked about."""
    for topic, (said, words) in row.lumps.items():
        covered = list(_covered(topic, asked))
        if said in NO:
            for key in covered:
                row.answers[key] = _contradicted(row.answers.get(key), said, topic)
        elif said in {Answer.UNCLEAR, "first"}:
            _doubt(row, covered, words, only_full=said == "first")
    if row.note:
        for key, (_, words) in row.answers.items():
            row.answers[key] = (Answer.UNCLEAR, f"{words} {row.note}".strip())
        if row.answers:
            row.remark(
                "", "The note makes every answer of this row unclear until a person reads it"
            )


def _covered(topic: str, asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    _, _, kinds = fields.GENERAL[topic]
    for platform in asked:
        if topic != "social" or platform not in fields.NOT_SOCIAL:
            for kind in kinds:
                yield platform, kind


def _contradicted(before: Told | None, said: str, topic: str) -> Told:
    if before is None or before[0] in NO:
        return (said, "")
    label = fields.GENERAL[topic][0]
    return (Answer.UNCLEAR, f"{label}: no, and yes here")


def _doubt(row: Row, covered: Iterable[tuple[str, str]], words: str, *, only_full: bool) -> None:
    """Words such as "group only" limit every yes they cover; "first" limits full names."""
    for key in covered:
        if only_full and key[1] != "full_name":
            continue
        if row.answers.get(key, ("", ""))[0] == Answer.YES:
            row.answers[key] = (Answer.UNCLEAR, words)


_COUNTED = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.WITHDRAWN: "withdrawn",
    Answer.UNCLEAR: "unclear",
}


def counted_in_words(counted: Counter[str]) -> list[str]:
    """ "Answers: 2 yes, 1 unclear.", or nothing."""
    parts = [f"{counted[answer]} {word}" for answer, word in _COUNTED.items() if counted[answer]]
    return [f"Answers: {', '.join(parts)}."] if parts else []


def waiting_in_words(waiting: Mapping[str, list[str]]) -> list[str]:
    """What a file would turn into a yes and may not: why, with the names of the platforms."""
    return [
        f"The file says yes for {', '.join(dict.fromkeys(names))}; {why}. It stays as it is until "
        "a person records the yes."
        for why, names in waiting.items()
    ]
