"""Components with something inside: they end with `{% end… %}`."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from schools.components.library import register


@register.simple_block_tag(end_name="endcard")
def card(
    content: SafeString,
    title: str,
    note: str = "",
    id: str = "",  # noqa: A002  templates write id="who"
    extra: str = "",
) -> SafeString:
    """A section with a heading."""
    given = {"content": content, "title": title, "note": note, "extra": extra}
    return render_to_string("components/card.html", {**given, "id": id or slugify(title)})


@register.simple_block_tag(end_name="endpage_head")
def page_head(
    content: SafeString,
    title: str,
    note: str = "",
    pill: str = "",
    back_url: str = "",
    back_label: str = "",
) -> SafeString:
    """The heading of the page; inside it, the buttons that stand beside."""
    acts = content if content.strip() else ""
    given = {"acts": acts, "title": title, "note": note, "pill": pill}
    back = {"back_url": back_url, "back_label": back_label}
    return render_to_string("components/page_head.html", given | back)


@register.simple_block_tag(end_name="endconfirm")
def confirm(
    content: SafeString, title: str, rows: Iterable[tuple[str, str]] = (), note: str = ""
) -> SafeString:
    """What pressing this does, in words, above the buttons that do it."""
    given = {"content": content, "title": title, "rows": rows, "note": note}
    return render_to_string("components/confirm.html", {**given, "id": slugify(title)})


@register.simple_block_tag(end_name="enddialog")
def dialog(content: SafeString, id: str, title: str) -> SafeString:  # noqa: A002
    """A native dialog, opened by `dialog_btn`."""
    given = {"content": content, "id": id, "title": title}
    return render_to_string("components/dialog.html", given)
