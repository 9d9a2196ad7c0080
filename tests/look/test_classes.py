"""Markup and stylesheet know each other, and no page carries a style or a script of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from crispy_forms.utils import render_crispy_form
from django.conf import settings

from tests.look import gallery

STYLES = Path(settings.BASE_DIR) / "static" / "golive.css"
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
# Names that scripts and tests look for, or that htmx sets; nothing is drawn for them.
HOOKS = {"live", "htmx-request", "htmx-indicator"}
# What crispy writes and we have no wish to draw differently from its neighbours.
CRISPY_ONLY = {"control-group", "controls"}


def known() -> set[str]:
    """Every class the stylesheet speaks of."""
    css = re.sub(r"/\*.*?\*/", "", STYLES.read_text(), flags=re.DOTALL)
    return set(re.findall(r"\.([A-Za-z][\w-]*)", css)) | HOOKS


def used(html: str) -> set[str]:
    """Every class that HTML carries."""
    return {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}


def test_the_stylesheet_knows_every_class_of_a_crispy_form() -> None:
    html = render_crispy_form(gallery.EveryField({"title": "x", "mail": "not a mail"}))
    assert "is-invalid" in html
    assert used(html) - known() - CRISPY_ONLY == set()


def test_the_stylesheet_knows_every_class_of_an_empty_crispy_form() -> None:
    assert used(render_crispy_form(gallery.EveryField())) - known() - CRISPY_ONLY == set()


def test_the_stylesheet_knows_every_class_of_every_component() -> None:
    assert used(gallery.render()) - known() - CRISPY_ONLY == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.name))
def test_a_page_has_no_style_or_script_of_its_own(template: Path) -> None:
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", template.read_text(), flags=re.S)
    assert re.findall(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:|hx-on", source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", source) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.name))
def test_a_page_uses_only_classes_that_the_stylesheet_knows(template: Path) -> None:
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", template.read_text(), flags=re.S)
    plain = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "?", source))
    assert {n for n in used(plain) if re.fullmatch(r"[a-zA-Z][\w-]*\w", n)} - known() == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.name))
def test_a_page_asks_nothing_of_another_server(template: Path) -> None:
    source = template.read_text()
    assert re.findall(r'(?:src|srcset|action)="(?:https?:)?//', source) == []
    assert re.findall(r'<link[^>]+href="(?:https?:)?//', source) == []
