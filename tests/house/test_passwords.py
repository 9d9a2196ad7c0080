"""R-024: GoLive never asks for the password of anybody’s social network, and keeps none."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from tests.house.files import ROOT, committed, modules, short

# The one that a school’s own website gives for GoLive alone (WordPress). People’s own, for GoLive,
# is asked for by Django’s forms.
ALLOWED = {"publishing/forms.py"}
_FIELD = re.compile(r"PasswordInput|type=\"password\"")


def test_r_024_only_signing_in_and_connecting_a_website_have_a_field_for_a_password():
    pages = [path for path in committed() if (ROOT / "templates") in path.parents]
    asking = {short(path) for path in (*modules(), *pages) if _FIELD.search(path.read_text())}
    assert asking == ALLOWED


def test_r_024_no_row_keeps_a_password_but_the_hash_for_signing_in():
    kept = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and "password" in field.name
    }
    assert kept == {"User.password"}
