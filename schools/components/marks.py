"""Small marks: icons, pills, badges, ticks and crosses."""

from __future__ import annotations

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from schools.components.library import register
from schools.components.shapes import HasState, Place

# What the colour of a pill says: yes, no, ask (a person is needed), or nothing in particular.
TONES = {
    "returned": "ask",
    "submitted": "ask",
    "approved": "yes",
    "declined": "no",
    "expired": "ask",
    "sent": "yes",
    "refused": "no",
    "failed": "no",
    "unknown": "ask",
    "taking_down": "ask",
    "cannot_take_down": "no",
}
ICONS = {
    "draft": "pencil",
    "returned": "arrow-return-left",
    "submitted": "hourglass-split",
    "approved": "check-lg",
    "closed": "archive",
    "declined": "x-lg",
    "withdrawn": "dash-circle",
    "expired": "clock-history",
    "queued": "clock",
    "sending": "send",
    "sent": "check-lg",
    "refused": "slash-circle",
    "failed": "exclamation-triangle",
    "unknown": "question-circle",
    "taking_down": "arrow-down-circle",
    "taken_down": "dash-circle",
    "cannot_take_down": "exclamation-triangle",
}
_SYMBOLS = {"yes": "✓", "no": "✕", "ask": "?", "none": "–"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 16) -> SafeString:
    """An inline icon that screen readers pass over. Literal names of Bootstrap Icons only."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"Not the name of an icon: {name!r}")
    svg = render_to_string(f"bs_icon/{name}.svg", {"height": size})
    plain = mark_safe(re.sub(r' class="[^"]*"', "", svg, count=1))  # noqa: S308  the package's own
    return format_html('<span class="icon" aria-hidden="true">{}</span>', plain)


@register.simple_tag
def pill(words: str, tone: str = "", symbol: str = "") -> SafeString:
    """A short state in words; `tone` is yes, no, ask or nothing."""
    shown = icon(symbol) if symbol else ""
    return format_html('<span class="{}">{}{}</span>', f"pill {tone}".strip(), shown, words)


@register.simple_tag
def status(thing: HasState, label: str = "") -> SafeString:
    """The state of a post or a delivery; the words are the state's own unless `label` says more."""
    state = str(thing.state)
    return pill(label or thing.get_state_display(), TONES.get(state, ""), ICONS.get(state, ""))


@register.simple_tag
def mark(kind: str, words: str) -> SafeString:
    """One mark of a matrix: yes, no, ask, none; `words` are for screen readers."""
    inner = format_html('<span aria-hidden="true">{}</span>', _SYMBOLS[kind])
    ears = format_html('<span class="visually-hidden">{}</span>', words)
    return format_html('<span class="m mark-{}">{}{}</span>', kind, inner, ears)


@register.simple_tag
def badge(platform: Place) -> SafeString:
    """A platform's letter in its own colour; its name stands beside it, so it is hidden."""
    return format_html(
        '<svg class="badge" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31"'
        ' height="31" rx="8" fill="{}"/><text x="16" y="16.5">{}</text></svg>',
        platform.colour,
        platform.letter,
    )
