"""Whatever the code can write into history is said in plain words (R-052)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.vocabulary import describe, described
from tests.house.files import modules, short


def _is_record(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"


def _verb(call: ast.Call) -> ast.expr:
    given = [k.value for k in call.keywords if k.arg == "verb"]
    return (call.args + given)[0]


def _imports_record(tree: ast.Module) -> bool:
    """Under its own name and no other, or the search below would not see it."""
    names = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "audit.actions"
        for alias in node.names
    ]
    assert not [a for a in names if a.name == "record" and a.asname]
    return any(alias.name == "record" for alias in names)


def _written() -> Iterator[tuple[Path, ast.expr]]:
    for path in modules():
        tree = ast.parse(path.read_text())
        if _imports_record(tree):
            for node in ast.walk(tree):
                if _is_record(node):
                    yield path, _verb(node)


def _pattern(verb: ast.expr) -> re.Pattern[str]:
    """A constant fits itself; where a part is put in, whatever may stand there."""
    if isinstance(verb, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z_]+"
            for part in verb.values
        ]
        return re.compile("".join(str(part) for part in parts))
    assert isinstance(verb, ast.Constant), f"{ast.unparse(verb)} is not written out"
    return re.compile(re.escape(str(verb.value)))


def test_r_052_every_kind_of_event_the_code_can_write_is_described() -> None:
    silent = {
        f"{short(path)}: {ast.unparse(verb)}"
        for path, verb in _written()
        if not any(_pattern(verb).fullmatch(known) for known in described())
    }
    assert not silent, "say what it means in the room's `events.py`:\n" + "\n".join(silent)


def test_r_052_nothing_is_described_that_the_code_does_not_write() -> None:
    patterns = [_pattern(verb) for _, verb in _written()]
    idle = [known for known in described() if not any(p.fullmatch(known) for p in patterns)]
    assert idle == []


def test_no_room_writes_history_past_record() -> None:
    past = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        if short(path) != "audit/actions.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"create", "bulk_create"}
        and ast.unparse(node.value) == "Event.objects"
    ]
    assert past == []


def test_a_kind_of_event_is_described_once() -> None:
    with pytest.raises(ValueError, match="Described twice"):
        describe("Again", {"post.started": "began a post"})
