"""Purposes on the office's pages: which one is looked at, and what mends a yes for some only."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from consents.agreements import in_force
from consents.purposes import in_question, names
from consents.wording import Document
from consents.words import joined


def purposes_named(request: HttpRequest) -> tuple[tuple[str, ...], str]:
    """The purposes that a yes must be for: the one that the address names, or all of those in
    question; and which one is named."""
    every = in_question()
    named = request.GET.get("purpose", "")
    return ((named,), named) if named in every else (every, "")


def in_question_by_name() -> dict[str, str]:
    """Key → name of the purposes in question, in the policy's order."""
    every = in_question()
    known = names(every)
    return {key: known[key] for key in every}


def choices(purposes: Mapping[str, str]) -> list[tuple[str, str]]:
    """What can be looked at: nothing to choose where a yes is for every purpose."""
    return [("", "Every purpose"), *purposes.items()] if purposes else []


def mend(purposes: Mapping[str, str]) -> str:
    """Asking again mends it where the version in force asks for every purpose."""
    version = in_force()
    asked = Document.read(version.content if version else {}).purposes
    missing = [name for key, name in purposes.items() if key not in asked]
    if not missing:
        return "The agreement in force asks for all of them: ask again."
    named = joined([f"“{name}”" for name in missing])
    return f"The agreement in force does not ask for {named}: whoever writes it adds that first."
