"""What tells: empty states, progress, pages of a list, chips, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.template.context import Context
from django.utils.text import slugify

from schools.components.library import register


@register.inclusion_tag("components/empty.html")
def empty(title: str, words: str = "", **more: Any) -> dict[str, Any]:
    """What will be here, and how to begin."""
    return {"title": title, "words": words, "id": slugify(title), **more}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str, poll: str = "", every: int = 2) -> dict[str, Any]:
    """A bar with words that asks `poll` again every few seconds; total 0: not known.

    All of a stage may be done and another begin: only whoever gives `poll` knows the end."""
    return {"done": done, "total": total, "label": label, "poll": poll, "every": every}


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int, words: str) -> dict[str, Any]:
    """A small bar beside its words."""
    return {"done": done, "total": total, "words": words}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Earlier and later pages of a list; the rest of the query stays."""
    query = context["request"].GET.copy() if "request" in context else None
    links: dict[str, str] = {}
    if page.has_previous():
        links["before"] = _query(query, name, page.previous_page_number())
    if page.has_next():
        links["after"] = _query(query, name, page.next_page_number())
    return {"page": page, "last": page.paginator.num_pages, **links}


def _query(query: Any, name: str, number: int) -> str:
    if query is None:
        return f"?{name}={number}"
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Round links that choose what is shown."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, oldest first or newest first as given."""
    return {"events": events}
