"""Tests that need more than Python: skipped loudly, or an error when they are required."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Need:
    """A marker, the variable that makes it compulsory, and what a reader calls such tests."""

    marker: str
    variable: str
    called: str

    @property
    def required(self) -> bool:
        return os.environ.get(self.variable, "") not in {"", "0"}


NEEDS = (
    Need("browser", "REQUIRE_BROWSER", "browser"),
    Need("server", "REQUIRE_SERVERS", "real-server"),
    Need("processes", "REQUIRE_PROCESSES", "real-process"),
)


_TOOLS = ("playwright", "axe_playwright_python")


def chromium_path() -> str | None:
    """The machine's Chromium, without a window of its own where there is such a one: it is a third
    faster. CHROMIUM overrides."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


def _absent(marker: str) -> str:
    """Why tests with this marker cannot run here; empty when they can."""
    if marker == "browser" and not chromium_path():
        return (
            "no Chromium on this machine (apt-get install chromium-headless-shell, or set CHROMIUM)"
        )
    if marker == "browser" and not all(importlib.util.find_spec(name) for name in _TOOLS):
        return "playwright and axe are not installed (requirements-dev.txt)"
    if marker == "processes" and connection.vendor != "postgresql":
        return "needs PostgreSQL (DATABASE_URL)"
    if marker == "processes" and not settings.CELERY_BROKER_URL.startswith("redis"):
        return "needs Redis (REDIS_URL)"
    return ""  # `server` tests skip themselves where their own fixture finds no server


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot do, before any fixture is made."""
    for need in NEEDS:
        if item.get_closest_marker(need.marker) and (reason := _absent(need.marker)):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a kind of test is required, skipping one is a failure, whoever skipped it."""
    report = yield
    for need in NEEDS:
        if report.skipped and need.required and item.get_closest_marker(need.marker):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            report.outcome = "failed"
            report.longrepr = f"{need.variable} is set, but the test did not run: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Generator[None, None, None]:
    """Say loudly, just above the closing line, what was not tested."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    for need in NEEDS:
        reasons = [
            r.longrepr[2] if isinstance(r.longrepr, tuple) else str(r.longrepr)
            for r in skipped
            if need.marker in r.keywords
        ]
        if reasons:
            why = "; ".join(sorted({reason.removeprefix("Skipped: ") for reason in reasons}))
            line = f"WARNING: {len(reasons)} {need.called} tests did NOT run: {why}"
            terminalreporter.write_line(line, yellow=True, bold=True)
