"""Verbs about the next version: write it from the present one, and change what it says."""

from __future__ import annotations

from functools import partial
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from audit.actions import record
from policy import rules
from policy.models import OWN, OWN_MODES, PolicyVersion, Purpose, Rule
from policy.naming import said_term
from policy.presets import files
from policy.reading import Unreadable
from policy.rulebook import NoPolicyInForce
from policy.terms import Terms, read_words
from schools.errors import NotAllowed, must
from schools.models import User

_CARRIED = ("key", "title", "owner_role", "review_months", "circulation", "standing")


class NotThat(NotAllowed):
    """An entry is refused; `field` is the key it stands under, so that a page says it there."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@transaction.atomic
def start(*, by: User) -> PolicyVersion:
    """The next version, saying what the present one says. Raises `NotAllowed`."""
    must(rules.may_edit(by))
    present = PolicyVersion.objects.select_for_update().filter(in_force=True).first()
    if present is None:
        raise NoPolicyInForce("No policy is in force yet.")
    if PolicyVersion.objects.filter(in_force_since=None).exists():
        raise NotAllowed("The next version is being written already.")
    today = timezone.localdate()
    made = PolicyVersion.objects.create(
        **{name: getattr(present, name) for name in _CARRIED},
        number=_next_number(present),
        dated=today,
        next_review=rules.months_after(today, present.review_months),
        supersedes=present.number,
        made_from=present,
        floor_dated=files.floor().dated,
        terms=present.terms,
        words=present.words,
    )
    _copy(present, made)
    record("policy.version_started", made, by=by, number=made.number, made_from=present.pk)
    return made


@transaction.atomic
def change(*, version: PolicyVersion, by: User, **fields: Any) -> list[str]:
    """Keep these of its number, title, date, review and notes; returns those that changed."""
    now = _open(version, by)
    changed = sorted(name for name in fields if getattr(now, name) != fields[name])
    for name in changed:
        setattr(now, name, fields[name])
    must(rules.number_is_new(now))
    return _keep(now, changed, by, "control")


@transaction.atomic
def change_terms(*, version: PolicyVersion, by: User, **terms: Any) -> list[str]:
    """Keep these terms, as plain data; returns those that changed. Raises `NotAllowed` in words."""
    now = _open(version, by)
    changed = sorted(name for name in terms if now.terms.get(name) != terms[name])
    now.terms = now.terms | terms
    try:
        Terms.read(now.terms)
    except Unreadable as error:
        raise _refused(error) from error
    return _keep(now, changed, by, "terms")


@transaction.atomic
def change_words(*, version: PolicyVersion, by: User, **lists: list[str]) -> list[str]:
    """Keep these word lists; returns those that changed. Raises `NotAllowed` in words."""
    now = _open(version, by)
    changed = sorted(name for name in lists if now.words.get(name) != lists[name])
    now.words = now.words | lists
    try:
        read_words(now.words)
    except Unreadable as error:
        raise _refused(error) from error
    return _keep(now, changed, by, "words")


@transaction.atomic
def change_rule(*, rule: Rule, by: User, **fields: Any) -> list[str]:
    """Keep these of a rule's on, mode, roles, title, reference, text and shown; returns those that
    changed.

    Never below the floor, and what only the floor says is not the trust's to rewrite: raises
    `NotAllowed`.
    """
    version = _open(rule.version, by)
    now = version.rules.select_for_update().get(pk=rule.pk)
    changed = sorted(name for name in fields if getattr(now, name) != fields[name])
    if now.source == Rule.Source.FLOOR and set(changed) & {"title", "text", "reference"}:
        raise NotAllowed("These are the words of the floor. They are the same in every trust.")
    if now.is_own:
        _must_be_own(fields.get("mode", now.mode))
    floor = {rule.key: rule.plain() for rule in files.floor().rules}
    must(rules.weaker(now, fields, floor.get(now.key)))
    for name in ("title", "reference", "text"):
        if not fields.get(name, "-").strip():
            raise NotThat(name, f"“{now.title}”: this is empty. Write it, or switch the rule off.")
    for name in changed:
        setattr(now, name, fields[name])
    if changed:
        now.save(update_fields=changed)
        record("policy.rule_changed", version, by=by, rule=now.key, changed=changed)
    return changed


@transaction.atomic
def add_clause(
    *,
    version: PolicyVersion,
    by: User,
    title: str,
    reference: str,
    text: str,
    mode: str,
    shown: list[str],
) -> Rule:
    """A clause of the trust's own, beside those the version began with. It is read where it is
    shown, and stops nothing, for no check knows it. Raises `NotAllowed`."""
    now = _open(version, by)
    said = {"title": title.strip(), "reference": reference.strip(), "text": text.strip()}
    for name, value in said.items():
        if not value:
            raise NotThat(name, "This is empty.")
    _must_be_own(mode)
    wished = f"{OWN}{'_'.join(slugify(title).split('-')[:5])[:45]}"
    taken = set(now.rules.values_list("key", flat=True))
    ever_new = chain([wished], (f"{wished}_{n}" for n in count(2)))
    key = next(key for key in ever_new if key not in taken)
    made = Rule.objects.create(
        version=now, key=key, source=Rule.Source.CLAUSE, mode=mode, shown=shown, **said
    )
    record("policy.rule_added", now, by=by, rule=key)
    return made


def _must_be_own(mode: str) -> None:
    if mode not in OWN_MODES:
        raise NotThat(
            "mode", "GoLive checks nothing for a clause of your own, so it stops nothing."
        )


@transaction.atomic
def change_purposes(*, version: PolicyVersion, by: User, purposes: list[dict[str, Any]]) -> bool:
    """Keep these as what posts are for (key, name, is_update), in this order; False when they are
    the same. Raises `NotAllowed` in words."""
    now = _open(version, by)
    before = [dict(row) for row in now.purposes.values("key", "name", "is_update")]
    if before == purposes:
        return False
    names = [each["name"].strip().lower() for each in purposes]
    if double := next((name for name in names if names.count(name) > 1), ""):
        raise NotAllowed(f"“{double.capitalize()}” stands here twice. Change one of the two.")
    if all(each["is_update"] for each in purposes):
        raise NotAllowed(
            "Something is left that a post can be for besides updates and reminders: write it."
        )
    now.purposes.all().delete()
    Purpose.objects.bulk_create(
        Purpose(version=now, position=n, **each) for n, each in enumerate(purposes)
    )
    record("policy.version_changed", now, by=by, changed=["purposes"], part="purposes")
    return True


@transaction.atomic
def discard(*, version: PolicyVersion, by: User) -> None:
    """Give up a version that was never signed or announced. Raises `NotAllowed`."""
    now = _open(version, by)
    if now.formalities.exists():
        raise NotAllowed("It was signed or approved by somebody, so it stays on record.")
    record("policy.version_discarded", now, by=by, number=now.number)
    for document in now.documents.all():
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
        document.delete()
    now.rules.all().delete()
    now.purposes.all().delete()
    now.delete()


def _refused(error: Unreadable) -> NotThat:
    """ "Who confirms posts: somebody must confirm each post.", under its key."""
    path = [step for step in error.path[1:] if not step.isdecimal()]
    line = next((step for step in error.path[1:] if step.isdecimal()), "")
    name = path[1] if path[:1] == ["routes"] and len(path) > 1 else path[0]
    at = f", line {line}" if line else ""
    return NotThat(name, f"{said_term(name)}{at}: {error.why}")


def _open(version: PolicyVersion, by: User) -> PolicyVersion:
    now = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    must(rules.may_write(by, now))
    return now


def _keep(version: PolicyVersion, changed: list[str], by: User, where: str) -> list[str]:
    if changed:
        version.save()
        record("policy.version_changed", version, by=by, changed=changed, part=where)
    return changed


def _next_number(present: PolicyVersion) -> str:
    head = present.number.split(".")[0]
    number = f"{int(head) + 1}.0" if head.isdecimal() else f"{present.number}+1"
    return number if number not in rules.numbers(present.key) else f"{number} (next)"


def _copy(present: PolicyVersion, made: PolicyVersion) -> None:
    for rule in present.rules.all():
        rule.pk, rule.version = None, made
        rule.save(force_insert=True)
    Purpose.objects.bulk_create(
        Purpose(version=made, key=p.key, name=p.name, is_update=p.is_update, position=p.position)
        for p in present.purposes.all()
    )
