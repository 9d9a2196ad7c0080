"""What went wrong for others is tried here: each failure has a test that would notice it in us.

A test says so with `@pytest.mark.failure(4)`; the numbers are those of the list of failures that
this program was designed against.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.house.files import ROOT, short
from tests.plugins.optional import NEEDS

TWICE, LOST, GHOSTS = {1, 2, 3, 4, 5, 6, 7, 8, 9}, {11, 12, 13, 14, 16}, {17, 18, 19, 20}
CLOCKS, MEDIA, ACCESS = {23, 24, 25}, {29, 30, 31, 32}, {33}
GUARDED = TWICE | LOST | GHOSTS | CLOCKS | MEDIA | ACCESS
# More would hide which test it is that counts.
MOST = 3


@dataclass(frozen=True)
class Guard:
    """A test, the failures it says it would notice, and its other marks."""

    test: str
    numbers: frozenset[int]
    marks: frozenset[str]


def _marks(nodes: list[ast.expr]) -> Iterator[tuple[str, list[int]]]:
    """Name and plain arguments of every `pytest.mark.…` among these."""
    for node in nodes:
        call = node if isinstance(node, ast.Call) else None
        name = ast.unparse(call.func if call else node)
        if name.startswith("pytest.mark."):
            given = [a.value for a in call.args if isinstance(a, ast.Constant)] if call else []
            yield name.removeprefix("pytest.mark."), [n for n in given if isinstance(n, int)]


def _of_the_module(tree: ast.Module) -> list[ast.expr]:
    """What stands in `pytestmark`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            return node.value.elts if isinstance(node.value, ast.List) else [node.value]
    return []


def _guards() -> Iterator[Guard]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = list(_marks(node.decorator_list + _of_the_module(tree)))
                numbers = frozenset(n for name, given in marks if name == "failure" for n in given)
                if numbers:
                    names = frozenset(name for name, _ in marks)
                    yield Guard(f"{short(path)}::{node.name}", numbers, names)


GUARDS = list(_guards())


@pytest.mark.parametrize("number", sorted(GUARDED))
def test_a_failure_of_others_has_a_test_that_would_notice_it_in_us(number: int) -> None:
    guards = [guard.test for guard in GUARDS if number in guard.numbers]
    assert 1 <= len(guards) <= MOST, f"failure {number} is guarded by {guards}"


@pytest.mark.parametrize("number", sorted(GUARDED))
def test_one_of_them_runs_on_every_machine(number: int) -> None:
    needs = {need.marker for need in NEEDS}
    assert [g.test for g in GUARDS if number in g.numbers and not needs & g.marks]


def test_no_test_guards_against_a_failure_that_is_not_on_the_list() -> None:
    unknown = {guard.test: guard.numbers - GUARDED for guard in GUARDS}
    assert {test: numbers for test, numbers in unknown.items() if numbers} == {}
