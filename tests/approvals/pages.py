"""What tests of pages share: words without markup, pressing a form, counting queries."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def words(response: Any) -> str:
    """The page as a reader sees it: no tags, single spaces."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


def queries(client: Client, address: str) -> int:
    """How many queries the page asks, once caches are warm."""
    assert client.get(address).status_code == 200
    return asked(lambda: client.get(address))


def asked(work: Callable[[], object]) -> int:
    """How many queries this work asks."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def approve_form(submission: Any, **more: Any) -> dict[str, Any]:
    """What the decision page's form sends when everything is ticked."""
    looked = {f"looked_{picture.pk}": "on" for picture in submission.post.pictures.all()}
    return {"digest": submission.digest, "all": "1", **looked, **more}
