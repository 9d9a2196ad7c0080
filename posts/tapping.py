"""Are warnings read, or tapped through? Said to the Head in kind words; nothing is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from posts.models import Post, WarningAnswer

# As many of an author's latest answers as are looked at.
LOOKED_AT = 20
_OFTEN = 5
_FAST = timedelta(seconds=4)
_SHORT = 12  # letters: "ok", "n/a", "all fine"
_SAYS_NOTHING = frozenset(
    {
        *("", "ok", "okay", "yes", "no", "na", "n/a", "fine", "good", "x", "-", "done", "sure"),
        *("yep", "checked", "none", "nothing", "all fine"),
    }
)


def habits(post: Post) -> list[str]:
    """What the author's latest answers look like, in sentences for the Head. One query."""
    answers = WarningAnswer.objects.filter(by=post.author_id, post__school=post.school_id)
    return sentences(post.author.name, list(answers.order_by("-at", "-pk")[:LOOKED_AT]))


def sentences(name: str, answers: Sequence[WarningAnswer]) -> list[str]:
    """Newest first. Empty when nothing stands out."""
    found = []
    said = Counter(_plain(answer.words) for answer in answers)
    words, times = said.most_common(1)[0] if said else ("", 0)
    if times >= _OFTEN and len(words) <= _SHORT:
        found.append(
            f"{name} gave the answer “{words}” to {times} of the last {len(answers)} warnings. It "
            "may help to ask what was looked at."
        )
    elif (empty := sum(n for w, n in said.items() if w in _SAYS_NOTHING)) >= _OFTEN:
        found.append(
            f"{empty} of {name}’s last {len(answers)} answers are a word or less, like “{words}”. "
            "It may help to ask what was looked at."
        )
    fast = sum(newer.at - older.at < _FAST for newer, older in pairwise(answers))
    if fast >= _OFTEN:
        found.append(
            f"{name} gave {fast} of the last {len(answers)} answers within seconds of the one "
            "before. Perhaps there was little time to read the warnings."
        )
    return found


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).rstrip(".!")
