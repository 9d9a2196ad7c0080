"""What people choose from and read beside a field is set with the apostrophes of print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps

from policy.presets import load_preset
from tests.house.files import ROOMS


def _words() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            yield name, str(field.verbose_name)
            for _, label in field.flatchoices:
                yield name, str(label)


def test_no_label_or_choice_has_a_straight_apostrophe() -> None:
    assert [(name, words) for name, words in _words() if "'" in words] == []


@pytest.mark.django_db
def test_no_platform_is_described_with_one() -> None:
    load_preset("sovereign")
    described = apps.get_model("policy", "Platform").objects.values_list("name", "what_it_is")
    assert [row for row in described if any("'" in words for words in row)] == []
