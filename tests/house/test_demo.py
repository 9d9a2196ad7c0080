"""`./run demo`: one process that serves, works in the background and stops when asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from config.demo import trust as trusts
from schools.models import StaffRole
from tests.house.files import ROOT

PATIENCE = 300  # seconds until the demo must be ready, its trust made, on a busy machine


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _ready(address: str, process: subprocess.Popen[str]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{address}/readyz", timeout=5).status_code == 200:
                return True
        except requests.ConnectionError:
            pass
        time.sleep(0.5)
    return False


@contextmanager
def _demo(data: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = _free_port()
    environ = {"PATH": os.environ["PATH"], "GOLIVE_DEMO": "1", "GOLIVE_DATA_DIR": str(data)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port), *options],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        assert _ready(address, process), "the demo never became ready"
        yield address, process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_the_demo_starts_sweeps_serves_and_stops_at_once(tmp_path: Path) -> None:
    with _demo(tmp_path) as (address, process):
        page = requests.get(f"{address}/sign-in/", timeout=30)
        assert page.status_code == 200
        assert "style-src 'self'" in page.headers["Content-Security-Policy"]
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert time.monotonic() - begun < 15
    assert f"{address}/" in said
    assert "Stopped." in said


@pytest.mark.django_db
def test_every_role_but_the_first_was_given_by_the_cio() -> None:
    people = trusts.build().people
    given = set(StaffRole.objects.values_list("user_id", "granted_by_id"))
    cara = people["Cara Lindqvist"].pk
    assert given == {(p.pk, None if p.pk == cara else cara) for p in people.values()}


def test_a_taken_port_is_told_before_anything_is_thrown_away(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environ = {"PATH": os.environ["PATH"], "GOLIVE_DATA_DIR": str(tmp_path)}
        told = subprocess.run(
            [sys.executable, "manage.py", "demo", "--fresh", "--port", port],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode != 0
    assert f"Port {port} is taken" in told.stderr


def test_production_never_becomes_a_demo(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "GOLIVE_DEMO": "0", "GOLIVE_DATA_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "manage.py", "demo", "--skip-checks"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert "not the demo" in told.stderr


def test_the_one_door_says_what_it_opens() -> None:
    told = subprocess.run(["./run", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for word in ("demo", "test", "bench", "check", "manage"):
        assert f"./run {word}" in told.stdout
