"""A school's website for the tests: a real WordPress, one for each worker of the suite."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.servers.wire import Wire

# Uploads of a whole rendition must fit; PHP's own default is 2 MB.
PHP = ["php", "-d", "upload_max_filesize=16M", "-d", "post_max_size=20M", "-d", "memory_limit=256M"]
INSTALL = "run tests/servers/install_wordpress.sh"


def kept() -> Path:
    """Where the install script leaves it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("GOLIVE_SERVERS") or cache / "golive-servers") / "wordpress"


@dataclass(frozen=True)
class Website:
    """A WordPress in a folder of its own, seen by an independent reader."""

    url: str
    folder: Path
    credentials: dict[str, dict[str, str]]

    def signed_in(self, role: str = "author") -> tuple[str, str]:
        """User name and application password."""
        who = self.credentials[role]
        return who["username"], who["password"]

    def rest(self, path: str, **params: str) -> Any:
        """What its REST API tells the author."""
        answer = requests.get(
            f"{self.url}/wp-json/wp/v2/{path}",
            params={"context": "edit", **params},
            auth=self.signed_in(),
            timeout=20,
        )
        answer.raise_for_status()
        return answer.json()

    def change(self, path: str, **fields: str) -> None:
        """Somebody at the website changes an item."""
        answer = requests.post(
            f"{self.url}/wp-json/wp/v2/{path}",
            json=fields,
            auth=self.signed_in("editor"),
            timeout=20,
        )
        answer.raise_for_status()

    def delete(self, path: str) -> None:
        """Somebody at the website deletes an item for good."""
        answer = requests.delete(
            f"{self.url}/wp-json/wp/v2/{path}",
            params={"force": "true"},
            auth=self.signed_in("editor"),
            timeout=20,
        )
        answer.raise_for_status()

    def posts(self, slug: str) -> list[dict[str, Any]]:
        """Every post whose slug begins like this, drafts and doubles included."""
        status = "publish,future,draft,pending,private"
        found = self.rest("posts", status=status, per_page="100")
        return [post for post in found if post["slug"].startswith(slug)]

    def seen(self, url: str) -> requests.Response:
        """What the public gets."""
        return requests.get(url, timeout=20, allow_redirects=False)

    def files(self) -> set[str]:
        """Every file anybody ever uploaded."""
        uploads = self.folder / "site" / "wp-content" / "uploads"
        return {str(p.relative_to(uploads)) for p in uploads.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """A running website; its posts stay until the end of the run."""
    if not (kept() / "ready").is_file():
        pytest.skip(f"no WordPress on this machine ({INSTALL})")
    if not shutil.which("php"):
        pytest.skip(f"no PHP on this machine ({INSTALL})")
    folder = tmp_path_factory.mktemp("website") / "wordpress"
    shutil.copytree(kept(), folder)
    process, url = _started(folder)
    try:
        credentials = json.loads((folder / "credentials.json").read_text())
        yield Website(url, folder, credentials)
    finally:
        # Its workers are children: ending the parent alone would leave them listening.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    """The way to the website, which can be cut."""
    made = Wire(request.getfixturevalue("wordpress").url)
    yield made
    made.close()


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Serve it on a port that is free; another may take the port first, so more than one try."""
    for _ in range(3):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        process = subprocess.Popen(
            [
                *PHP,
                "-S",
                f"127.0.0.1:{port}",
                "-t",
                str(folder / "site"),
                str(folder / "router.php"),
            ],
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": "3", "GOLIVE_TEST_WORDPRESS": url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if _answers(process, url):
            return process, url
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    pytest.fail("WordPress is installed but does not start")


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{url}/wp-json/", timeout=20).status_code == 200:
                return True
        except requests.ConnectionError:
            time.sleep(0.05)
    return False
