"""Logs carry ids, never names, captions, addresses or tokens."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client, RequestFactory

from config.middleware import RealAddress


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the program's own handler writes while this test runs."""
    ours = next(h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    caught = io.StringIO()
    before = ours.setStream(caught)
    yield caught
    if before is not None:
        ours.setStream(before)


def test_a_name_given_to_the_log_is_withheld(lines: io.StringIO) -> None:
    structlog.get_logger("golive.test").warning("picture ready", picture_id=7, caption="Amira")
    assert "picture_id=7" in lines.getvalue()
    assert "Amira" not in lines.getvalue()


def test_another_librarys_words_are_withheld(lines: io.StringIO) -> None:
    logging.getLogger("another.library").warning("%s: %s", "Not Found", "/news/secret-token/")
    assert "(withheld)" in lines.getvalue()
    assert "secret-token" not in lines.getvalue()


def test_an_error_says_where_and_what_kind_but_not_what_it_quotes(lines: io.StringIO) -> None:
    try:
        raise ValueError("Key (name)=(Amira) already exists")
    except ValueError:
        logging.getLogger("django.request").exception("broke")
    assert "error=ValueError" in lines.getvalue()
    assert "Amira" not in lines.getvalue()


def test_our_own_error_is_withheld_the_same_way(lines: io.StringIO) -> None:
    try:
        raise KeyError("Amira")
    except KeyError:
        structlog.get_logger("golive.test").exception("broke", picture_id=7)
    assert "error=KeyError" in lines.getvalue()
    assert "Amira" not in lines.getvalue()


def test_a_request_is_logged_by_its_route_never_its_path(
    client: Client, lines: io.StringIO
) -> None:
    client.get("/healthz?token=abc")
    assert "route=healthz" in lines.getvalue()
    assert "abc" not in lines.getvalue()


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "10.0.0.9"), (1, "203.0.113.5"), (2, "198.51.100.7")]
)
def test_only_our_own_proxies_are_believed_about_the_address(
    settings: object, rf: RequestFactory, proxies: int, address: str
) -> None:
    settings.GOLIVE_PROXIES = proxies  # type: ignore[attr-defined]
    request = rf.get(
        "/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.7, 203.0.113.5"
    )
    RealAddress(lambda r: r)(request)  # type: ignore[arg-type, return-value]
    assert request.META["REMOTE_ADDR"] == address
