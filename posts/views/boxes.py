"""Findings as pages show them: one box for what is said of the same people on several channels.

Findings stay one a channel, as the gate asks them; only the page gathers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from consents.models import Ask, Kind
from consents.purposes import as_asked
from consents.words import joined
from policy.findings import Finding, Way
from posts import mends
from posts.checks import Verdict
from posts.checks.content import WORDS_OF
from posts.models import WarningAnswer
from posts.shortening import may_be_first_names
from schools import clock

# Which child, platform and kind the office was asked about, and when.
Asked = Mapping[tuple[int, int, str], datetime]


@dataclass(frozen=True)
class WayOut:
    """A way with the value its button sends."""

    label: str
    detail: str
    value: str


@dataclass(frozen=True)
class Box:
    """What the page says of one or more findings. `ways` mend all of it at one press, `each` one
    channel at a time."""

    finding: Finding
    message: str
    channels: tuple[int, ...]
    ways: tuple[WayOut, ...]
    each: tuple[WayOut, ...]
    asked: str
    answer: WarningAnswer | None
    name: str = ""

    @property
    def shorten(self) -> int | None:
        """The channel whose own words would mend it."""
        about_words = self.finding.rule == "fits_platform" and self.finding.subject.startswith(
            WORDS_OF
        )
        return self.channels[0] if about_words else None

    @property
    def of_file(self) -> int | None:
        """The photo whose file's name it asks about, as long as nobody has answered."""
        asks = mends.is_of_file(self.finding) and self.answer is None
        return self.finding.picture if asks else None

    @property
    def key(self) -> str:
        """What an answer is kept under."""
        return self.finding.key


def boxes(verdict: Verdict, findings: Iterable[Finding]) -> list[Box]:
    """The boxes of these findings of the verdict, in their order. One query, whatever they are."""
    whole = verdict.case.whole
    maker = _Maker(
        names={c.pk: c.platform.name for c in whole.channels},
        asked=asked_about(
            whole.children,
            whole.platform_ids,
            whole.post.purpose.key if whole.post.purpose else "",
        ),
        verdict=verdict,
    )
    return [
        maker.box(group, verdict.answer(group[0]) if group[0].asks else None)
        for group in maker.gathered(findings)
    ]


def asked_about(children: Iterable[int], platforms: Iterable[int], purpose: str) -> Asked:
    """Every open question for this purpose, on whichever list it stands: whoever asked reads the
    same (R-155). Asked for another purpose is not asked, where not every version asks for it."""
    asks = Ask.objects.open().filter(child__in=list(children), platform__in=list(platforms))
    rows = list(asks.values_list("child_id", "platform_id", "kind", "purpose", "asked_at"))
    wanted = as_asked(purpose) if rows else ""
    return {(row[0], row[1], row[2]): row[4] for row in rows if row[3] == wanted}


@dataclass(frozen=True)
class _Maker:
    names: Mapping[int, str]
    asked: Asked
    verdict: Verdict

    def gathered(self, findings: Iterable[Finding]) -> Iterable[list[Finding]]:
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for finding in findings:
            groups.setdefault(self._same(finding), []).append(finding)
        return groups.values()

    def box(self, group: list[Finding], answer: WarningAnswer | None) -> Box:
        first = group[0]
        where = [self._name(f) for f in group]
        alike: dict[tuple[str, str], list[tuple[str, Way]]] = {}
        for name, way in self._fitting(group):
            alike.setdefault((way.verb, _across(way.label, name, "")), []).append((name, way))
        ways = [_for_all(found) for found in alike.values() if not self._is_everything(found)]
        return Box(
            finding=first,
            message=_across(first.message, self._name(first), joined(where)),
            channels=tuple(dict.fromkeys(pk for f in group for pk in f.channels)),
            ways=(*self._first_names(group), *ways),
            each=tuple(self._each(group)) if len(group) > 1 else (),
            asked=self._asked(group),
            answer=answer,
            name=joined(where),
        )

    def _first_names(self, group: list[Finding]) -> Iterator[WayOut]:
        """Only the first name, on the channels of this box where that may be written."""
        case = self.verdict.case
        of_names = [f for f in group if f.rule == "name_permission" and _is_whole(f)]
        fitting = {f.channels[0]: f for f in of_names}
        channels = [
            c
            for c in case.whole.channels
            if c.pk in fitting and may_be_first_names(case, c, fitting[c.pk].children)
        ]
        if channels:
            fields = tuple(("channel", str(c.pk)) for c in channels)
            label = f"Write only the first name on {joined([c.platform.name for c in channels])}"
            detail = "Title and alt texts are the same everywhere"
            yield WayOut(label, detail, mends.encoded(Way("", "first_names", fields=fields)))

    def _same(self, finding: Finding) -> tuple[object, ...]:
        """What findings of one box share: all but the channel that their message ends with."""
        name = self._name(finding)
        if not finding.blocks or not name or not finding.message.endswith(f" {name}."):
            return (finding.rule, finding.subject)
        stem = finding.message.removesuffix(f"{name}.")
        return (finding.rule, finding.picture, finding.children, stem)

    def _name(self, finding: Finding) -> str:
        return self.names.get(finding.channels[0], "") if len(finding.channels) == 1 else ""

    def _fitting(self, group: list[Finding]) -> Iterator[tuple[str, Way]]:
        """Dropping the only channel is no way out, and nobody is asked twice."""
        for finding in group:
            for way in finding.ways:
                is_only = way.verb == "drop_channel" and len(self.names) < 2
                if not is_only and not self._asked_at(way):
                    yield self._name(finding), way

    def _is_everything(self, found: list[tuple[str, Way]]) -> bool:
        return found[0][1].verb == "drop_channel" and len(found) == len(self.names)

    def _each(self, group: list[Finding]) -> Iterator[WayOut]:
        for name, way in self._fitting(group):
            if way.label.endswith(f" {name}"):
                yield WayOut(way.label, way.detail, mends.encoded(way))

    def _asked(self, group: list[Finding]) -> str:
        """The same words for every child, whatever the reason and whoever deals with it."""
        found = {
            self._name(f): at
            for f in group
            for w in f.ways
            if (at := self._asked_at(w)) is not None
        }
        if not found:
            return ""
        about = f" about {joined(list(found))}" if len(found) < len(group) else ""
        day = clock.day(max(found.values()))
        return f"The office was asked{about} on {day}; no answer yet."

    def _asked_at(self, way: Way) -> datetime | None:
        """Since when every answer this way asks for is waited for."""
        if way.verb != "ask_parents":
            return None
        said = dict(way.fields)
        children = [int(value) for name, value in way.fields if name == "child"]
        found = [self.asked.get((c, int(said["platform"]), said["kind"])) for c in children]
        times = [at for at in found if at is not None]
        return max(times) if len(times) == len(children) else None


def _is_whole(finding: Finding) -> bool:
    return finding.subject.endswith(f":{Kind.FULL_NAME}")


def _for_all(found: list[tuple[str, Way]]) -> WayOut:
    """One button for what several channels offer."""
    name, first = found[0]
    fields = tuple(dict.fromkeys(pair for _, way in found for pair in way.fields))
    details = {way.detail for _, way in found}
    return WayOut(
        label=_across(first.label, name, joined([name for name, _ in found])),
        detail=first.detail if len(details) == 1 else "Everything else stays",
        value=mends.encoded(Way(first.label, first.verb, fields=fields)),
    )


def _across(words: str, name: str, names: str) -> str:
    """Words that end with one channel, said of several: "Drop X" becomes "Drop X and Facebook"."""
    for end in ("", "."):
        if name and words.endswith(f" {name}{end}"):
            return f"{words.removesuffix(f'{name}{end}')}{names}{end}"
    return words
