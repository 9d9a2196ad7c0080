"""Oak with one of everything that has an address, and the addresses that lead there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from approvals import actions as approvals
from consents import campaigns
from consents.actions import set_hold
from consents.asking import ask_parents
from consents.choosing import Choice
from consents.imports.actions import send_file
from consents.models import ConsentDecision, Kind
from posts import asking
from posts.models import Picture, Rendition
from posts.origins import actions as origins
from posts.origins import requesting
from schools.models import Notice
from tests.cases.walk import a_case
from tests.cast import Trusty
from tests.consents.agreements.writing import published

# Words that stand on Oak's pages and on nobody else's.
OAKS_OWN = ("Kingfisher", "Featherstone", "Oak Facebook", "quillon-list", "OAK-017")
# What the public reads, the admin's own pages, and links out of a mail.
ELSEWHERE = ("news:", "admin:", "schools:reset")


class Of(str):
    """A thing of Oak's, not these very letters."""


@dataclass
class World:
    """Ids of things that belong to Oak."""

    ids: dict[str, int | str]

    def address(self, name: str) -> str:
        """The address of that kind, for Oak's thing."""
        thing, *more = WITH_AN_ID[name]
        named = [("pk", Of(thing)), *more] if thing else more
        return reverse(
            name, kwargs={key: self.ids[v] if isinstance(v, Of) else v for key, v in named}
        )


# Every address with an id, and the thing it leads to.
WITH_AN_ID: dict[str, tuple[Any, ...]] = {
    "approvals:decide": ("submission",),
    "approvals:return": ("submission",),
    "approvals:decline": ("submission",),
    "approvals:say_yes": ("submission",),
    "approvals:submit": ("draft",),
    "approvals:take_back": ("post",),
    "approvals:reopen": ("post",),
    "approvals:stop": ("post",),
    "approvals:resume": ("stop",),
    "cases:case": ("case",),
    "cases:mistake": ("post",),
    "consents:child": ("child",),
    "consents:withdraw": ("child",),
    "consents:foretell": ("child",),
    "consents:lift_stop": ("child",),
    "consents:nicknames": ("child",),
    "consents:family": ("child",),
    "consents:add_parent": ("child",),
    "consents:guardianship": ("guardianship",),
    "consents:parents": ("child",),
    "consents:parent_press": ("child", ("parent", Of("parent")), ("verb", "send")),
    "consents:door": ("child", ("parent", Of("parent"))),
    "consents:letter": ("child", ("parent", Of("parent"))),
    "consents:campaign": ("campaign",),
    "consents:campaign_progress": ("campaign",),
    "consents:campaign_letters": ("campaign",),
    "consents:stop_campaign": ("campaign",),
    "consents:said": ("child", ("decision", Of("decision"))),
    "consents:record_choose": ("child",),
    "consents:record_page": ("child",),
    "consents:record_csv": ("child",),
    "consents:record_school_page": ("", ("slug", Of("slug"))),
    "consents:record_school_csv": ("", ("slug", Of("slug"))),
    "consents:adult": ("adult",),
    "consents:withdraw_adult": ("adult",),
    "consents:keep_adult": ("adult",),
    "consents:adult_back": ("adult",),
    "consents:ask_adult": ("adult",),
    "consents:adult_letter": ("adult",),
    "consents:close_adult_links": ("adult",),
    "consents:adult_scan": ("adult", ("decision", Of("adult_decision"))),
    "consents:scan": ("child", ("decision", Of("decision"))),
    "consents:adult_said": ("adult", ("decision", Of("adult_decision"))),
    "consents:answer_ask": ("ask",),
    "consents:close_ask": ("ask",),
    "consents:hold": ("child",),
    "consents:care": ("child",),
    "consents:review_hold": ("hold",),
    "consents:lift_hold": ("hold",),
    "consents:import": ("import",),
    "consents:import_progress": ("import",),
    "consents:import_columns": ("import",),
    "consents:import_rows": ("import",),
    "consents:import_who": ("import",),
    "consents:import_bring_in": ("import",),
    "consents:import_leave": ("import",),
    "consents:import_to_mend": ("import",),
    "consents:import_undo": ("import",),
    "policy:device": ("device",),
    "policy:person": ("person",),
    "policy:activity": ("person",),
    "policy:end_logo": ("logo",),
    "posts:answer_request": ("request",),
    "posts:answer_permission": ("material",),
    "posts:origin": ("picture",),
    "posts:post": ("post",),
    "posts:edit": ("draft",),
    "posts:progress": ("draft",),
    "posts:add_photo": ("draft",),
    "posts:withdraw": ("draft",),
    "posts:ask": ("draft",),
    "posts:answer": ("question",),
    "posts:people": ("picture",),
    "posts:full_size": ("picture",),
    "posts:photo": ("picture", ("size", "thumb")),
    "posts:shape": ("picture",),
    "posts:shaped": ("picture", ("channel", Of("channel"))),
    "posts:rendition": ("rendition",),
    "publishing:delivery": ("delivery",),
    "publishing:why": ("delivery",),
    "publishing:open_package": ("delivery",),
    "publishing:posted": ("delivery",),
    "publishing:not_posted": ("delivery",),
    "publishing:it_is_there": ("delivery",),
    "publishing:it_is_not_there": ("delivery",),
    "publishing:send_again": ("delivery",),
    "publishing:give_up": ("delivery",),
    "publishing:take_down": ("delivery",),
    "publishing:confirm_gone": ("delivery",),
    "publishing:stays_and_told": ("delivery",),
    "publishing:channel": ("channel",),
    "publishing:act": ("channel",),
    "publishing:pause": ("channel",),
    "schools:open_notice": ("notice",),
    "schools:end_role": ("role",),
    "schools:person": ("person",),
    "schools:send_link": ("person",),
    "schools:close": ("person",),
    "schools:open_again": ("person",),
    "schools:school": ("school",),
}


# Versions of the trust's own agreement, which belong to no school.
OF_THE_TRUST = {
    "consents:agreement",
    "consents:agreement_language",
    "consents:adult_language",
    "consents:remove_adult_language",
    "consents:remove_language",
    "policy:attach",
    "policy:past",
    "policy:platform",
    "policy:rule",
    "policy:table",
}


def patterns(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the program with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry, inner)
        else:
            yield ":".join((*spaces, entry.name or str(entry.pattern))), entry


def behind_the_door() -> dict[str, URLPattern]:
    """Addresses for people who have signed in."""
    return {
        name: pattern
        for name, pattern in patterns()
        if getattr(pattern.callback, "login_required", True) and not name.startswith(ELSEWHERE)
    }


def plain() -> list[str]:
    """Addresses without an id: lists, and pages that begin something."""
    return [name for name, p in behind_the_door().items() if not p.pattern.converters]


def put_away(answer: Any) -> None:
    """Reads a photo's answer to its end, so that its file is closed."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def _said_by_an_adult(trust: Trusty) -> ConsentDecision:
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    return trust.author_visit.decisions.get()


def build(trust: Trusty) -> World:
    """One of everything at Oak, made by real actions."""
    child = trust.child("Quillon", "Featherstone", yes=[trust.platform("facebook")])
    submission = trust.submitted(
        children=[child], channels=["facebook"], title="Kingfisher morning"
    )
    approved = trust.approved(channels=["facebook"], title="Kingfisher evening")
    trust.send_all()
    draft = trust.draft(title="Kingfisher plans", text="Kingfisher nests")
    asking.ask(post=draft, of=trust.hana, text="Kingfisher or heron?", by=trust.tessa)
    stop = approvals.stop(post=submission.post, by=trust.tessa, reason="Kingfisher?")
    [ask] = ask_parents(
        children=[child], platform=trust.platform("x"), kind=Kind.PHOTO, by=trust.tessa
    )
    sent = send_file(
        school=trust.oak, file=ContentFile(b"Surname\n"), name="quillon-list.csv", by=trust.connie
    )
    published(trust)
    asked = campaigns.send(
        choice=Choice(trust.oak, "all"), key=uuid4(), remind_after=[], by=trust.connie
    )
    picture = Picture.objects.get(post=submission.post_id)
    asked_for = requesting.ask_for_reminder(
        school=trust.oak, title="Kingfisher trip", text="Bring boots", by=trust.tessa
    )
    other = trust.draft(photos=1, title="Kingfisher logo").pictures.get()
    origins.say(picture=other, said=replace(trust.ours, logo_shown="other"), by=trust.tessa)
    material = requesting.ask_for_permission(picture=other, matter="logo", by=trust.tessa)
    rows: dict[str, Callable[[], Any]] = {
        "submission": lambda: submission,
        "case": lambda: a_case(trust, words="Kingfisher is asked for"),
        "post": lambda: approved,
        "draft": lambda: draft,
        "stop": lambda: stop,
        "child": lambda: child,
        "guardianship": child.guardianships.get,
        "parent": lambda: trust.mother(child),
        "campaign": lambda: asked,
        "decision": child.decisions.first,
        "adult": lambda: trust.author_visit,
        "adult_decision": lambda: _said_by_an_adult(trust),
        "ask": lambda: ask,
        "hold": lambda: set_hold(child=child, kind="safeguarding", by=trust.dot),
        "import": lambda: sent,
        "question": draft.questions.get,
        "picture": lambda: picture,
        "device": lambda: trust.tablet,
        "logo": lambda: trust.crest,
        "request": lambda: asked_for,
        "material": lambda: material,
        "rendition": lambda: Rendition.objects.get(picture=picture),
        "delivery": lambda: trust.delivery(approved, "facebook"),
        "channel": lambda: trust.channel("facebook"),
        "notice": lambda: Notice.objects.filter(user=trust.hana).first(),
        "role": trust.tessa.roles.get,
        "person": lambda: trust.tessa,
        "school": lambda: trust.oak,
    }
    return World({name: make().pk for name, make in rows.items()} | {"slug": trust.oak.slug})
