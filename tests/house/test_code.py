"""How the code is written: imports on top, short functions, short modules."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.files import ROOT, modules, short

LONGEST_FUNCTION = 50
LONGEST_MODULE = 300
# What the demo draws and says is scenery: long and flat, read by nobody who changes the program.
SCENERY = ("config/demo/captions/", "config/demo/pictures/")


def _measured() -> list[Path]:
    return [path for path in modules() if not short(path).startswith(SCENERY)]


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield short(path), node


def test_an_app_imports_only_apps_to_its_left_and_nobody_imports_config() -> None:
    # In a process of its own: the linter sets up logging for everybody.
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{where}:{node.lineno}"
        for where, function in _functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, "\n".join(hidden)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{where} {node.name}"
        for where, node in _functions()
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
        and not where.startswith(SCENERY)
    ]
    assert not long, "\n".join(long)


def test_every_module_has_one_subject() -> None:
    long = [short(p) for p in _measured() if len(p.read_text().splitlines()) > LONGEST_MODULE]
    assert not long, "\n".join(long)


def test_every_module_with_code_says_what_it_is_for() -> None:
    silent = [
        short(path)
        for path in modules()
        if (tree := ast.parse(path.read_text())).body and not ast.get_docstring(tree)
    ]
    assert not silent, "\n".join(silent)


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
    left = [
        f"{short(path)}: {mark}" for path in modules() for mark in marks if mark in path.read_text()
    ]
    assert not left, "\n".join(left)


def test_only_the_installation_itself_gives_a_role_unsigned() -> None:
    unsigned = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        if not short(path).startswith("config/")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "grant_role"
        and any(k.arg == "by" and isinstance(k.value, ast.Constant) for k in node.keywords)
    ]
    assert not unsigned, "\n".join(unsigned)
