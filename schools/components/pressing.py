"""What is pressed or filled in: buttons, fields, photos, type-ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from schools.components.library import register
from schools.components.shapes import Pairs, pairs, take


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form with its label, help and errors, as crispy writes it."""
    return mark_safe(as_crispy_field(bound))  # noqa: S308  crispy escapes what people typed


@register.inclusion_tag("components/button.html")
def btn(label: str, kind: str = "", **more: Any) -> dict[str, Any]:
    """A button; see the template for what else it takes."""
    return {"label": label, "kind": kind, "type": "submit", **more}


@register.inclusion_tag("components/link_button.html")
def link_btn(label: str, url: str, kind: str = "", **more: Any) -> dict[str, Any]:
    """A link that looks like a button: it goes somewhere and changes nothing."""
    return {"label": label, "url": url, "kind": kind, **more}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_btn(
    context: Context,
    label: str,
    url: str,
    kind: str = "",
    fields: Pairs | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A form of its own with one button: one press, one POST."""
    token = context.get("csrf_token")
    given = {"label": label, "url": url, "kind": kind, "fields": pairs(fields)}
    return {**given, "csrf_token": token, "type": "submit", **more}


@register.inclusion_tag("components/dialog_button.html")
def dialog_btn(label: str, opens: str, kind: str = "", **more: Any) -> dict[str, Any]:
    """Opens a dialog of this page; without JavaScript the link leads to it."""
    return {"label": label, "opens": opens, "kind": kind, **more}


@register.inclusion_tag("components/upload.html", takes_context=True)
def upload(context: Context, url: str, name: str = "photos", **more: Any) -> dict[str, Any]:
    """Several files, or the camera; see the template."""
    return {"url": url, "name": name, "csrf_token": context.get("csrf_token"), **more}


@register.inclusion_tag("components/combobox.html")
def combobox(
    name: str, label: str, url: str, results: Iterable[Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A field that suggests as one types; without JavaScript, a search with a list of answers."""
    known = None if results is None else list(results)
    given = {"name": name, "label": label, "url": url, "results": known, "pick": "press"}
    return {**given, "q": "", "text": "", "id": f"{name}-q", **more}


@register.inclusion_tag("components/combobox_results.html")
def combobox_results(
    results: Iterable[Any], q: str, name: str, pick: str = "press"
) -> dict[str, Any]:
    """The answers to what was typed, and nothing else."""
    rows = [
        {k: take(r, k) for k in ("value", "text", "note", "taken")}
        | {"marked": _marked(str(take(r, "text")), q)}
        for r in results
    ]
    return {"rows": rows, "q": q, "name": name, "pick": pick}


def _marked(text: str, q: str) -> SafeString:
    """The text with the first word that begins as typed underlined."""
    hit = re.search(rf"\b{re.escape(q.strip())}", text, re.IGNORECASE) if q.strip() else None
    if hit is None:
        return conditional_escape(text)
    start, end = hit.span()
    return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])
