"""However many are asked about, the rule asks the database once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from consents.models import Child, Kind
from consents.rules import adult_permissions, permissions
from policy.models import Platform
from tests.cast import Trusty


@pytest.mark.parametrize("number", [1, 30, 200])
def test_one_query_answers_for_any_number_of_children(
    trust: Trusty, number: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    made = Child.objects.bulk_create(
        [Child(school=trust.oak, first_name=f"Child {n}") for n in range(number)]
    )
    platforms = [p.pk for p in Platform.objects.all()]
    with django_assert_num_queries(1):
        permissions([c.pk for c in made], platforms, list(Kind))


def test_one_query_answers_for_all_adults(
    trust: Trusty, django_assert_num_queries: Callable[[int], Any]
) -> None:
    visitor = trust.author_visit.pk
    with django_assert_num_queries(1):
        adult_permissions([visitor, 7, 8], [1, 2, 3])


def test_a_question_about_nobody_is_not_asked(
    db: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        assert not permissions([], [1]).allowed
