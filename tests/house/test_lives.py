"""The two lives: every state has an owner and a label, is reached, and is written in one place."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from posts import lifecycle as posts
from publishing import lifecycle as publishing
from tests.house.files import modules, short

LIVES = [
    pytest.param(posts.State, posts.TRANSITIONS, posts.OWNERS, id="post"),
    pytest.param(
        publishing.DeliveryState, publishing.TRANSITIONS, publishing.OWNERS, id="delivery"
    ),
]
WRITERS = {"posts/moves.py", "publishing/moves.py"}


@pytest.mark.parametrize(("states", "moves", "owners"), LIVES)
def test_every_state_has_an_owner_and_a_label_of_its_own(
    states: Any, moves: Any, owners: Any
) -> None:
    assert set(moves) == set(owners) == set(states)
    assert len({state.label for state in states}) == len(states)


@pytest.mark.parametrize(("states", "moves", "owners"), LIVES)
def test_every_state_can_be_reached(states: Any, moves: Any, owners: Any) -> None:
    first = next(iter(states))
    reached, waiting = {first}, [first]
    while waiting:
        new = moves[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert reached == set(states)


LIFE_FILES = {"posts.lifecycle", "publishing.lifecycle"}


def _names_of_lives(tree: ast.Module) -> set[str]:
    """What this module calls `State` and `DeliveryState`: as imported, or a shorter name."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in LIFE_FILES
        for alias in node.names
        if alias.name in {"State", "DeliveryState"}
    }
    for node in ast.walk(tree):
        match node:
            case ast.Assign(value=ast.Name(id=known)) if known in names:
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _speaks_of_a_life(value: ast.expr | None, names: set[str]) -> bool:
    """`D.QUEUED`, also within a condition, or the stored word itself."""
    words = {state.value for state in (*posts.State, *publishing.DeliveryState)}
    return value is not None and any(
        (isinstance(part, ast.Name) and part.id in names)
        or (isinstance(part, ast.Constant) and part.value in words)
        for part in ast.walk(value)
    )


def _state_written(node: ast.AST) -> list[ast.expr]:
    """What is put into a `state` here: by assignment, by UPDATE, or in a new row."""
    if isinstance(node, ast.Assign):
        named = any(isinstance(t, ast.Attribute) and t.attr == "state" for t in node.targets)
        return [node.value] if named else []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        writes = node.func.attr in {"update", "create", "get_or_create", "update_or_create"}
        return [k.value for k in node.keywords if writes and k.arg == "state"]
    return []


def _writings(tree: ast.Module) -> list[int]:
    """Lines that write a state of one of the two lives."""
    names = _names_of_lives(tree)
    return [
        value.lineno
        for node in ast.walk(tree)
        for value in _state_written(node)
        if _speaks_of_a_life(value, names)
    ]


IMPORT = "from publishing.lifecycle import DeliveryState"


@pytest.mark.parametrize(
    "code",
    [
        f"{IMPORT}\nrows.update(state=DeliveryState.QUEUED)",
        f"{IMPORT}\nD = DeliveryState\nrows.update(state=D.QUEUED)",
        f"{IMPORT} as D\nrow.state = D.SENT if sure else D.UNKNOWN",
        "rows.update(state='queued')",
        "from posts.lifecycle import State\nrow.state = State.DRAFT",
    ],
)
def test_a_written_state_is_noticed_whatever_it_is_called(code: str) -> None:
    assert len(_writings(ast.parse(code))) == 1


def test_a_state_that_is_only_asked_for_is_not_noticed() -> None:
    asked = f"{IMPORT}\nrows.filter(state=DeliveryState.QUEUED).update(queued_at=None)"
    assert _writings(ast.parse(asked)) == []


def test_a_state_is_written_in_one_place_only() -> None:
    written = [
        f"{short(path)}:{line}"
        for path in modules()
        if short(path).split("/")[0] in {"posts", "approvals", "publishing"}
        and short(path) not in WRITERS
        for line in _writings(ast.parse(path.read_text()))
    ]
    assert not written, "\n".join(written)
