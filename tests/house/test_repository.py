"""What is committed: locks with hashes, pages true to the security policy, no foreign paths."""

from __future__ import annotations

import re

import pytest

from tests.house.files import ROOT, committed, short

# Written in two halves so that this file keeps its own rule.
ELSEWHERE = re.compile(r"(?<![\w./:-])/(?:wo" + r"rk|t" + r"mp|ro" + r"ot)/|/\.lib" + r"rary\b")
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)[^>]*>|<style[\s>]|["']javascript:""",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = []
    for path in committed():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{short(path)}: {match.group()}" for match in ELSEWHERE.finditer(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_carries_hashes(name: str) -> None:
    logical = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    pins = [line for line in logical if line and not line.lstrip().startswith("#")]
    assert pins
    assert [line for line in pins if "--hash=sha256:" not in line or "==" not in line] == []


def _pages() -> list[tuple[str, str]]:
    html = [p for p in committed() if p.suffix in {".html", ".svg"} and "tests" not in p.parts]
    return [(short(p), p.read_text()) for p in html]


def test_no_page_needs_an_exception_from_the_security_policy() -> None:
    found = [f"{name}: {m.group()}" for name, text in _pages() for m in INLINE.finditer(text)]
    assert not found, "\n".join(found)


def test_no_page_asks_anything_outside() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in _pages()
        if name.startswith("templates/")
        for match in OUTSIDE.finditer(text)
    ]
    assert not found, "\n".join(found)
