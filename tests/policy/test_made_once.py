"""The rules of a version are read each time, and made into objects once."""

from __future__ import annotations

from policy.made_once import rules_of
from policy.models import Rule


def test_they_are_what_django_reads(trust):
    fields = [field.attname for field in Rule._meta.concrete_fields]
    read = [[getattr(rule, name) for name in fields] for rule in trust.policy.rules.all()]
    assert [[getattr(r, name) for name in fields] for r in rules_of(trust.policy.pk)] == read
    assert len(read) > 40


def test_one_question_each_time(trust, django_assert_num_queries):
    rules_of(trust.policy.pk)
    with django_assert_num_queries(1):
        again = rules_of(trust.policy.pk)
    assert again[0] is rules_of(trust.policy.pk)[0]


def test_a_rule_that_was_switched_off_is_off_at_once(trust):
    rule = next(rule for rule in rules_of(trust.policy.pk) if rule.on and not rule.floor)
    Rule.objects.filter(pk=rule.pk).update(on=False)
    assert not next(r for r in rules_of(trust.policy.pk) if r.pk == rule.pk).on
    assert rule.on, "what somebody already holds does not change under them"
