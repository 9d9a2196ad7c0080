"""What the rules found, and who is in the post and in the photos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.context import Context

from schools.components.library import register
from schools.components.shapes import Where, pairs, take


@register.inclusion_tag("components/finding.html", takes_context=True)
def finding(
    context: Context, f: Any, mend: str = "", answer: str = "", clause_url: str = ""
) -> dict[str, Any]:
    """One finding with its ways out; `answer` is what somebody said to a warning."""
    ways = [{"way": w, "fields": pairs(take(w, "fields"))} for w in take(f, "ways", ())]
    return {
        "f": f,
        "mend": mend,
        "ways": ways,
        "answer": answer,
        "clause_url": clause_url,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/findings.html", takes_context=True)
def findings(context: Context, found: Iterable[Any], mend: str = "") -> dict[str, Any]:
    """The list of findings, or nothing at all."""
    return {"found": list(found), "mend": mend, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/people_matrix.html")
def people_matrix(people: Iterable[Any], channels: Sequence[Where | str]) -> dict[str, Any]:
    """Everyone in the post, with a mark for each channel."""
    names = [_channel_name(c) for c in channels]
    lines = [{"person": p, "cells": _cells(p)} for p in people]
    return {"names": names, "lines": lines, "fold": len(names) > 3, "width": len(names)}


@register.inclusion_tag("components/person.html")
def person(p: Any, number: int | str = "", href: str = "") -> dict[str, Any]:
    """One person in a line, with a mark for each channel."""
    return {"person": p, "cells": _cells(p), "number": number, "href": href}


def _channel_name(channel: Where | str) -> str:
    return channel if isinstance(channel, str) else str(channel.platform.name)


def _cells(who: Any) -> list[dict[str, Any]]:
    verb = "named" if take(who, "kind") == "named" else "shown"
    return [_cell(m, verb) for m in take(who, "marks", ())]


def _cell(one: Any, verb: str) -> dict[str, Any]:
    name = _channel_name(take(one, "channel"))
    if not take(one, "shown"):
        hidden = str(take(one, "hidden", ""))
        return {"name": name, "kind": "none", "words": hidden or f"not {verb}"}
    if take(one, "permitted"):
        return {"name": name, "kind": "yes", "words": f"may be {verb}"}
    return {"name": name, "kind": "no", "words": f"cannot be {verb}"}


@register.inclusion_tag("components/photo.html")
def photo(url: str, alt: str, boxes: Iterable[Any] = (), **more: Any) -> dict[str, Any]:
    """A photo in its frame, with numbered places where people are."""
    return {"url": url, "alt": alt, "boxes": [_box(b) for b in boxes], **more}


def _box(box: Any) -> dict[str, Any]:
    sides = {k: f"{float(take(box, k)):.2%}" for k in ("left", "top", "width", "height")}
    return sides | {k: take(box, k) for k in ("number", "href", "label", "kind")}
