"""A form speaks our words, never Django's: what is the matter, then how to mend it."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import django
import pytest
from django.contrib.auth import forms as sign_in_forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.test import Client

from tests.approvals.pages import words
from tests.house.files import ROOT

CATALOGUE = ROOT / "config" / "locale" / "en_GB" / "LC_MESSAGES"
DJANGO = Path(django.__file__).parent
DJANGOS_OWN = re.compile(
    r"This field (is|cannot)|Ensure (that|this)|Enter a |Select a valid|valid choice|"
    r"available choices|not allowed|already exists|Please (enter|correct|submit)|is violated|"
    r"didn’t match|This password is|The password is|Your password can",
)


# ── the catalogue ────────────────────────────────────────────────────────────────────────────────
def read_po(path: Path) -> dict[Any, str]:
    """A .po file as `gettext` holds it: sentences by what they stand for, plurals by number."""
    found: dict[Any, str] = {}
    for block in path.read_text().split("\n\n"):
        entry: dict[str, str] = {}
        field = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            name, quoted = line.split(" ", 1) if not line.startswith('"') else (field, line)
            field = name
            entry[field] = entry.get(field, "") + ast.literal_eval(quoted)
        numbered = {n: entry.get(f"msgstr[{n}]", "") for n in (0, 1)}
        if "msgid_plural" in entry:
            found |= {(entry["msgid"], n): said for n, said in numbered.items()}
        elif "msgid" in entry:
            found[entry["msgid"]] = entry["msgstr"]
    return found


def compiled() -> dict[Any, str]:
    with (CATALOGUE / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def test_what_is_compiled_is_what_is_written() -> None:
    assert compiled() == read_po(CATALOGUE / "django.po")


# Where Django keeps what it says of a mistake, and what there is no sentence for a person.
SPEAKERS = ("forms/fields.py", "core/validators.py", "contrib/auth/password_validation.py")
NO_SENTENCES = {"IPv4", "IPv6", "IPv4 or IPv6"}
ELSEWHERE = {
    "Select a valid choice. That choice is not one of the available choices.",
    "“%(pk)s” is not a valid value.",
    "Value %(value)r is not a valid choice.",
    "This field cannot be null.",
    "This field cannot be blank.",
    "%(model_name)s with this %(field_label)s already exists.",
    "%(model_name)s with this %(field_labels)s already exists.",
    "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.",
    "Constraint “%(name)s” is violated.",
    "Please enter a correct %(username)s and password. "
    "Note that both fields may be case-sensitive.",
    "This account is inactive.",
    "The two password fields didn’t match.",
    "Your old password was entered incorrectly. Please enter it again.",
    "New password confirmation",
}
MAY_SPEAK = ("forms/models.py", "db/models/fields/__init__.py", "db/models/base.py")
MAY_SPEAK += ("db/models/constraints.py", "contrib/auth/forms.py")


def sentences(*modules: str) -> set[str]:
    """What these modules of Django hand to translation."""
    calls = [
        node
        for module in modules
        for node in ast.walk(ast.parse((DJANGO / module).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    named = {"_", "gettext", "ngettext", "ngettext_lazy"}
    return {
        call.args[0].value
        for call in calls
        if call.func.id in named and isinstance(call.args[0], ast.Constant)
    }


def ours() -> set[str]:
    return {key[0] if isinstance(key, tuple) else key for key in compiled() if key}


def test_nothing_that_a_field_says_is_left_to_django() -> None:
    assert (sentences(*SPEAKERS) - NO_SENTENCES) | ELSEWHERE <= ours()


def test_django_still_says_all_that_we_say_otherwise() -> None:
    assert ours() <= sentences(*SPEAKERS, *MAY_SPEAK)


# ── on the pages ─────────────────────────────────────────────────────────────────────────────────
LONG = "x" * 20_000
NONSENSE = {
    "0": "user school platform platforms purpose largest_photo_mib",
    "soon": "role kind way when on_day at_time starts ends",
    "oak": "email office_email address late_after_minutes",
}
TOO_LONG = "name short_name job_title title text note evidence"
MISTAKES = {
    "nothing": {"on": "1"},
    "nonsense": {name: said for said, names in NONSENSE.items() for name in names.split()},
    "too much": dict.fromkeys(TOO_LONG.split(), LONG)
    | {"late_after_minutes": "9" * 12, "email": f"{LONG}@x.example"},
}
PAGES = [
    ("cara", "/staff/"),
    ("cara", "/staff/people/new/"),
    ("cara", "/staff/schools/"),
    ("cara", "/staff/trust/"),
    ("cara", "/publishing/channels/"),
    ("tessa", "/posts/{draft}/edit/"),
    ("connie", "/children/imports/"),
    ("connie", "/children/adults/"),
    ("dot", "/children/holds/{child}/set/"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize(("who", "address"), PAGES)
def test_no_page_shows_djangos_words(trust, signed_in, who, address, mistake) -> None:
    place = address.format(draft=trust.draft().pk, child=trust.amira.pk)
    answer = signed_in(getattr(trust, who)).post(place, MISTAKES[mistake], follow=True)
    assert answer.status_code in {200, 422}
    assert not DJANGOS_OWN.search(words(answer))


def _plain(text: str) -> str:
    return text.rstrip(".").casefold()


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "address"), PAGES)
def test_help_says_more_than_the_label_and_no_choice_is_a_row_of_dashes(
    trust, signed_in, who, address
) -> None:
    place = address.format(draft=trust.draft().pk, child=trust.amira.pk)
    answer = signed_in(getattr(trust, who)).get(place, follow=True)
    assert "-----" not in words(answer)
    form = answer.context.get("form") or []
    assert [f.name for f in form if _plain(f.help_text).startswith(_plain(f.label))] == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", [{}, {"username": "a", "password": "b"}, {"username": LONG}])
def test_nor_does_the_door(form) -> None:
    assert not DJANGOS_OWN.search(words(Client().post("/sign-in/", form)))


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "12345678901234", "password1234", "tessa marlow"])
def test_nor_does_the_page_where_a_password_is_chosen(trust, password) -> None:
    form = sign_in_forms.SetPasswordForm(
        trust.tessa, {"new_password1": password, "new_password2": f"{password}!"}
    )
    said = " ".join(str(e) for errors in form.errors.values() for e in errors)
    assert said
    assert not DJANGOS_OWN.search(said)
    assert not DJANGOS_OWN.search(str(password_validators_help_text_html()))


@pytest.mark.django_db
def test_a_text_that_is_too_long_says_by_how_much(trust, signed_in) -> None:
    post = trust.draft()
    form = {"text": LONG, "revision": post.revision}
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form)
    assert "The text is 10,000 characters too long: 20,000 of 10,000." in words(answer)
