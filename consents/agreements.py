"""Versions of the agreement: written as a draft, published once, never changed (R-145, R-167).

A yes counts for what its own version asked, and nothing is inferred for what it did not ask: a new
platform or purpose is a new version, and until it is answered everybody counts as not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents import first_version
from consents.endings import MOST_WEEKS, MOST_YEARS, sections
from consents.errors import NotAllowed
from consents.models import Agreement, AgreementDraft, Kind
from consents.wording import (
    ENGLISH,
    FORMS,
    PARTS,
    REQUIRED,
    Document,
    Rule,
    Wording,
    every_word,
    fingerprint,
    starting,
    word_problems,
)
from consents.words import joined
from policy.models import Platform, Purpose
from schools.models import Trust, User
from schools.roles import Permission

# What shipped before a version had a rule.
BEFORE_RULES = "Your answer counts until your child leaves the school or until you change it."


class Stale(NotAllowed):
    """Somebody saved, published or threw away the draft after this page was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed the draft meanwhile. Look at it again.")


def in_force(day: date | None = None) -> Agreement | None:
    """The version that parents are asked on a day (default today)."""
    when = day or timezone.localdate()
    return Agreement.objects.filter(starts_on__lte=when).exclude(content={}).first()


def is_unchanged(agreement: Agreement) -> bool:
    """Do the words still have the fingerprint they were published with?"""
    return agreement.sha256 == fingerprint(agreement.content)


def may_edit(by: User) -> list[str]:
    """The agreement is the whole trust's."""
    if by.may_for_trust(Permission.AGREEMENT_EDIT):
        return []
    return ["The agreement is written by the Data Protection Officer and whoever runs the trust."]


def may_publish(document: Document, begins: date | None = None) -> list[str]:
    """What is still missing, in sentences; an empty list means it may be published, to be asked
    from that day (default today)."""
    found = [*_nothing_asked(document), *_no_end(document, begins or timezone.localdate())]
    if document.wording(ENGLISH) is None:
        found.append("The English wording is missing.")
    for wording in document.wordings:
        found += _incomplete(document, wording)
    return found


def not_asked_by(document: Document) -> list[str]:
    """Platforms in use that this version does not ask about: whoever wants them asks anew."""
    asked = set(document.places())
    every = Platform.objects.filter(is_asked=True, is_retired=False)
    return [platform.name for platform in every if platform.key not in asked]


def starting_document(trust: str) -> Document:
    """The version that ships, for this trust's name, policy and platforms."""
    plain = starting()
    here: Iterable[Purpose] = Purpose.objects.filter(version__in_force=True)
    platforms = list(Platform.objects.filter(is_asked=True, is_retired=False))
    purposes = {p.key: plain["purposes"].get(p.key, p.name) for p in here}
    kinds = {p.key: plain["asks"].get(p.key, plain["asks"]["other"]) for p in platforms}
    english = Wording(
        code=ENGLISH,
        name="English",
        parts={key: text.format(trust=trust) for key, text in plain["parts"].items()},
        **{key: text.format(trust=trust).strip() for key, text in plain["forms"].items()},
        places={p.key: p.what_it_is for p in platforms},
        purposes=purposes,
        words=plain["words"],
    )
    return Document(
        title=plain["title"],
        purposes=tuple(purposes),
        asks=tuple((key, kind) for key, every in kinds.items() for kind in every),
        wordings=(english,),
    )


@transaction.atomic
def start(*, by: User | None) -> AgreementDraft:
    """Begin the next version: from the last one, or from the one that ships. `by=None` is the
    installation itself."""
    _must_edit(by)
    last = Agreement.objects.exclude(content={}).first()
    document = _newest_words(last) if last else starting_document(Trust.load().name)
    try:
        with transaction.atomic():
            draft = AgreementDraft.objects.create(
                pk=1, content=document.content(), changed_by=by, changed_at=timezone.now()
            )
    except IntegrityError as error:
        raise NotAllowed("A draft is there already. Go on with that one.") from error
    record("agreement.started", draft, by=by)
    return draft


@transaction.atomic
def save(*, document: Document, revision: int, by: User) -> AgreementDraft:
    """Keep the draft as it now is, unless somebody saved it after `revision` was read."""
    _must_edit(by)
    saved = AgreementDraft.objects.filter(pk=1, revision=revision).update(
        content=document.content(),
        revision=revision + 1,
        changed_at=timezone.now(),
        changed_by=by,
    )
    if not saved:
        raise Stale
    draft = AgreementDraft.objects.get(pk=1)
    languages = [wording.code for wording in document.wordings]
    record("agreement.saved", draft, by=by, revision=draft.revision, languages=languages)
    return draft


@transaction.atomic
def discard(*, by: User) -> None:
    """Throw the draft away. What is in force stays."""
    _must_edit(by)
    draft = AgreementDraft.objects.filter(pk=1).first()
    if draft is None:
        raise NotAllowed("There is no draft any more.")
    record("agreement.discarded", draft, by=by, revision=draft.revision)
    draft.delete()


@transaction.atomic
def publish(*, revision: int, by: User | None, starts_on: date | None = None) -> Agreement:
    """Make the draft the next version, for good, approved by whoever presses."""
    _must_edit(by)
    # Held until the end: of two who publish at once, the second finds no draft any more.
    draft = AgreementDraft.objects.select_for_update().filter(pk=1).first()
    if draft is None or draft.revision != revision:
        raise Stale
    document = Document.read(draft.content)
    last = Agreement.objects.first()
    begins = _from(starts_on, last)
    wrong = may_publish(document, begins) + _nothing_new(document)
    if wrong:
        raise NotAllowed(" ".join(wrong))
    made = Agreement.objects.create(
        number=last.number + 1 if last else 1,
        title=document.title,
        text=readable(document, document.best(ENGLISH)),
        content=draft.content,
        sha256=fingerprint(draft.content),
        starts_on=begins,
        published_at=timezone.now(),
        published_by=by,
    )
    draft.delete()
    ended = first_version.carry(made, by=by)
    digest = made.sha256
    record("agreement.published", made, by=by, number=made.number, digest=digest, ended=ended)
    return made


def with_asks(
    document: Document, asks: Collection[tuple[str, str]], purposes: Collection[str]
) -> Document:
    """The same document asking this, with a plain description of every platform and purpose."""
    platforms = {p.key: p for p in Platform.objects.filter(key__in={key for key, _ in asks})}
    names = dict(Purpose.objects.filter(version__in_force=True).values_list("key", "name"))
    shipped = starting()["purposes"]
    wordings = tuple(
        replace(
            wording,
            places={
                key: wording.places.get(key, one.what_it_is if wording.code == ENGLISH else "")
                for key, one in platforms.items()
            },
            purposes={
                key: wording.purposes.get(
                    key, shipped.get(key, names.get(key, "")) if wording.code == ENGLISH else ""
                )
                for key in purposes
            },
        )
        for wording in document.wordings
    )
    return replace(document, asks=tuple(asks), purposes=tuple(purposes), wordings=wordings)


def readable(document: Document, wording: Wording) -> str:
    """The whole version in one language as plain text."""
    lines = [document.title]
    for about, text in sections(document, wording):
        lines += ["", about, text]
    lines += ["", wording.say("purposes"), *wording.purposes.values()]
    names = dict(Platform.objects.values_list("key", "name"))
    for key in document.places():
        name = names.get(key, key)
        lines += ["", f"{name}: {wording.places.get(key, '')}"]
        lines += [wording.ask(k, name) for place, k in document.asks if place == key]
    return "\n".join(lines)


def _newest_words(last: Agreement) -> Document:
    """The last version, with the English of what the pages have learnt to say since."""
    document = Document.read(last.content)
    wordings = tuple(
        replace(w, words={**every_word(), **w.words}) if w.code == ENGLISH else w
        for w in document.wordings
    )
    return replace(document, wordings=wordings)


def _must_edit(by: User | None) -> None:
    wrong = may_edit(by) if by is not None else []
    if wrong:
        raise NotAllowed(wrong[0])


def _nothing_asked(document: Document) -> Iterator[str]:
    if not document.title.strip():
        yield "Give it a title."
    if not document.asks:
        yield "Choose at least one platform and kind to ask about."
    if not document.purposes:
        yield "Choose at least one purpose."
    if {kind for _, kind in document.asks} - set(Kind.values):
        yield "It asks about a kind that does not exist."


def _no_end(document: Document, begins: date) -> Iterator[str]:
    ends = document.ends
    if ends.rule == Rule.YEARS and not 1 <= ends.years <= MOST_YEARS:
        yield f"A yes lasts from 1 to {MOST_YEARS} years."
    if ends.rule == Rule.DAY and (not ends.day or date.fromisoformat(ends.day) <= begins):
        yield "Every yes would have ended before it was asked. Pick a later last day."
    if not 1 <= ends.weeks <= MOST_WEEKS:
        yield f"Parents are asked again from 1 to {MOST_WEEKS} weeks before."


def _incomplete(document: Document, wording: Wording) -> Iterator[str]:
    for key in REQUIRED:
        if not wording.parts.get(key, "").strip():
            yield f"{wording.name}: “{PARTS[key]}” is empty."
    if document.ends.rule != Rule.LEAVING and BEFORE_RULES in wording.parts.get("ends", ""):
        yield f"{wording.name}: “{PARTS['ends']}” still says that a yes counts until leaving."
    for form, name in FORMS.items():
        if not getattr(wording, form).strip():
            yield f"{wording.name}: the form “{name}” is empty."
    places = [key for key in document.places() if not wording.places.get(key, "").strip()]
    if places:
        names = dict(Platform.objects.filter(key__in=places).values_list("key", "name"))
        said = joined([names.get(key, key) for key in places])
        yield f"{wording.name}: it does not say yet what each of these is: {said}."
    english = document.best(ENGLISH).purposes
    for key in document.purposes:
        if not wording.purposes.get(key, "").strip():
            yield f"{wording.name}: the purpose “{english.get(key, key)}” has no words."
    yield from word_problems(wording)


def _nothing_new(document: Document) -> list[str]:
    last = Agreement.objects.first()
    if last is not None and last.content == document.content():
        return [f"Nothing was changed since version {last.number}."]
    return []


def _from(starts_on: date | None, last: Agreement | None) -> date:
    """Not before today, and not before the version it follows."""
    today = timezone.localdate()
    return max(starts_on or today, today, last.starts_on if last else today)
