"""`./run bench [names] [--json FILE]`: one line a measure, `name value goal`.

Every module of this package that measures something is a function yielding (name, value, goal).
Each runs on a fresh database of its own: PostgreSQL when DATABASE_URL says so or one answers on
this machine, else SQLite. Exits with an error when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

Measure = tuple[str, float, str]


def main() -> int:
    """Run the chosen groups, print and write what they found."""
    options = _options()
    if not os.environ.get("DATABASE_URL") and _postgres_answers():
        os.environ["DATABASE_URL"] = "postgres://127.0.0.1:5432/postgres"
    os.environ.setdefault("GOLIVE_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    found = []
    for name, group in _groups().items():
        if not options.names or name in options.names:
            for measure in _on_a_fresh_database(group):
                print("{} {:.3g} {}".format(*measure), flush=True)
                found.append(measure)
    if options.json:
        rows = [{"name": n, "value": v, "goal": g} for n, v, g in found]
        Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")
    missed = [name for name, value, goal in found if not reached(value, goal)]
    if missed:
        print(f"Missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def reached(value: float, goal: str) -> bool:
    """Is the goal ("≤ 1.5", "1", "≥ 0.5", or "" for none) met?"""
    match = re.match(r"(≤|≥|=)?\s*([\d.]+)", goal)
    if match is None:
        return True
    sign, limit = match.group(1) or "=", float(match.group(2))
    return {"≤": value <= limit, "≥": value >= limit, "=": value == limit}[sign]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        help="checks consents coverage imports names pages photos seeing; none: all",
    )
    parser.add_argument("--json", help="also write the measures to this file")
    return parser.parse_args()


def _groups() -> dict[str, Callable[[], Iterator[Measure]]]:
    import django

    django.setup()
    # A line for each request would drown the measures; writing it is part of neither side.
    logging.getLogger("golive").setLevel(logging.WARNING)
    from bench.checks import checks
    from bench.consents import consents
    from bench.coverage import coverage_page
    from bench.imports import imports
    from bench.names import names
    from bench.pages import pages
    from bench.photos import photos
    from bench.seeing import seeing

    return {
        "checks": checks,
        "consents": consents,
        "coverage": coverage_page,
        "imports": imports,
        "names": names,
        "pages": pages,
        "photos": photos,
        "seeing": seeing,
    }


def _on_a_fresh_database(group: Callable[[], Iterator[Measure]]) -> Iterator[Measure]:
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield from group()
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
        teardown_test_environment()


def _postgres_answers() -> bool:
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
