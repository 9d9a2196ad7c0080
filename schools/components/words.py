"""Words for days, times and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.html import format_html

from schools import clock as spoken
from schools.components.library import register


@register.filter(expects_localtime=False)
def when(at: datetime | None) -> str:
    """ "today at 15:30"."""
    return spoken.when(at) if at else ""


@register.filter(expects_localtime=False)
def moment(at: datetime | None) -> str:
    """ "3 May 2026, 15:30"."""
    return spoken.moment(at) if at else ""


@register.filter(expects_localtime=False)
def day(on: date | None) -> str:
    """ "3 May 2026"."""
    return spoken.day(on) if on else ""


@register.filter(expects_localtime=False)
def clock(at: datetime | None) -> str:
    """ "15:30"."""
    return spoken.clock(at) if at else ""


@register.filter(expects_localtime=False)
def left(at: datetime | None) -> str:
    """ "3 hours 25 minutes", or nothing once it has passed."""
    return spoken.left(at) if at else ""


@register.filter
def noun(count: int, words: str) -> str:
    """`{{ 3|noun:"child,children" }}` is "3 children"."""
    one, many = words.split(",")
    return spoken.noun(int(count), one, many)


@register.filter
def at(found: Mapping[object, str], key: object) -> str:
    """`{{ words|at:row.pk }}`: what stands under that key, or nothing."""
    return found.get(key, "")


@register.simple_tag
def time(at: datetime | None) -> str:
    """The same words as `when`, in a <time> element."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), spoken.when(at))
