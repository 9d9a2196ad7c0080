"""Every address needs a signed-in person, unless it is named here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Open to everybody, and why.
OPEN = {
    "healthz": "a monitor asks",
    "readyz": "a monitor asks",
    "schools:sign_in": "the door itself",
    "schools:reset": "a forgotten password",
    "schools:reset_sent": "a forgotten password",
    "schools:reset_set": "a forgotten password",
    "schools:reset_done": "a forgotten password",
    "parents:adult": "a grown-up's personal link, as a parent's",
    "parents:page": "a parent's personal link; the secret in the address is the key",
    "policy:ours": "the policy in force, for anyone interested (R-002)",
    "policy:version": "what earlier versions said, and from when until when (R-002, R-005)",
    "policy:document": "the document itself, where its owner shows it; else not found",
    "accessibility": "a statement that everybody may read (R-166)",
    "admin:login": "the admin's own door",
}
# The schools' news pages are what GoLive publishes: everything under them is public.
OPEN_ROOMS = {"news"}

SAMPLES = {"int": 1, "slug": "a", "str": "a", "path": "a", "uuid": "0" * 32, "date": "2026-01-01"}


def _patterns(
    resolver: URLResolver, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _patterns(entry, inner)
        else:
            yield ":".join((*spaces, entry.name or str(entry.pattern))), entry


EVERY = list(_patterns(get_resolver()))


def _is_open(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


def test_only_the_listed_addresses_are_open() -> None:
    unlisted = [
        name
        for name, pattern in EVERY
        if _is_open(pattern) and name not in OPEN and name.split(":")[0] not in OPEN_ROOMS
    ]
    assert not unlisted, "\n".join(unlisted)


def test_the_list_names_nothing_that_is_gone_or_closed() -> None:
    is_open = {name for name, pattern in EVERY if _is_open(pattern)}
    assert set(OPEN) - is_open == set()


def _sample(pattern: URLPattern) -> dict[str, Any]:
    kinds = {
        name: type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for name, converter in pattern.pattern.converters.items()
    }
    return {name: SAMPLES.get(kind, "a") for name, kind in kinds.items()}


CLOSED = [
    (name, pattern)
    for name, pattern in EVERY
    if not _is_open(pattern) and not name.startswith("admin:")
]


@pytest.mark.parametrize(("name", "pattern"), CLOSED, ids=[name for name, _ in CLOSED])
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str, pattern: URLPattern) -> None:
    address = reverse(name, kwargs=_sample(pattern))
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.django_db
def test_the_admin_lets_nobody_in_without_signing_in(client: Client) -> None:
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 302


@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get(reverse("admin:login"))
    assert answer.headers["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/schools/school/"])
def test_whoever_may_not_look_into_the_admin_does_not_find_it(
    trust: Any, signed_in: Any, address: str
) -> None:
    answer = signed_in(trust.tessa).get(address)
    assert answer.status_code == 404
    assert "We did not find that page" in answer.content.decode()


def test_every_page_carries_the_security_policy(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
