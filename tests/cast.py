"""The named people of the tests, and the states they walk to by real actions.

Tessa teaches Year 4 at Oak and drafts. Hana heads Oak. Owen heads Elm and must see nothing of Oak.
Uma is Oak's authorised user, Connie its consent administrator, Dot its safeguarding lead, Edith the
Executive Headteacher of both, Cara the Chief Information Officer, Pat holds no role at all.

Amira may be shown everywhere. Tom only on the news page. Rose was never asked, Zofia withdrew,
Ife's father says no and her mother yes, Jack is protected although his parents said yes, Ella's yes
has expired, Sam's answer is unclear, Kwame's yes came from somebody without responsibility, and
Maya decides for herself and has not answered.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from approvals import actions as approvals
from approvals.models import Submission
from consents.actions import Said, record_many, set_hold, withdraw
from consents.models import Adult, Child, Guardianship, Hold, Kind, Parent, Way
from policy.acknowledging import acknowledge, show_notice
from policy.asked import asked_of
from policy.branding import permit
from policy.models import (
    Channel,
    ChannelGrant,
    Device,
    Logo,
    Platform,
    PolicyVersion,
    Purpose,
    Training,
)
from policy.presets import load_preset
from policy.registering import Described, register
from policy.registering import approve as approve_device
from policy.rulebook import Rulebook
from policy.training import record_training
from posts import actions as drafting
from posts import picturing
from posts.actions import Words
from posts.declaring import checklist
from posts.models import Picture, Post
from posts.origins import actions as origins
from posts.photos import Processed, process
from posts.photos.working import SIDES
from posts.processing import process_waiting
from posts.spotting import spot_waiting
from publishing import sweeping
from publishing.models import Delivery
from publishing.sending import send
from schools.actions import grant_role
from schools.models import School, StaffRole, Trust, User
from schools.roles import Role
from tests.template import laid_down

PASSWORD = "oak-elm-willow-26"


@dataclass
class Trusty:
    """Oak and Elm with the policy in force. People and children are made when first asked for."""

    policy: PolicyVersion
    oak: School
    elm: School

    @cached_property
    def tessa(self) -> User:
        return self.person("Tessa Marlow", Role.STAFF, self.oak, job_title="Year 4 teacher")

    @cached_property
    def hana(self) -> User:
        return self.person("Hana Okafor", Role.HEAD, self.oak)

    @cached_property
    def owen(self) -> User:
        return self.person("Owen Hughes", Role.HEAD, self.elm)

    @cached_property
    def edith(self) -> User:
        user = self.person("Edith Vance", Role.EXECUTIVE_HEAD, self.oak)
        grant_role(user=user, role=Role.EXECUTIVE_HEAD, school=self.elm, by=None)
        return user

    @cached_property
    def connie(self) -> User:
        return self.person("Connie Price", Role.CONSENT_ADMIN, self.oak)

    @cached_property
    def dot(self) -> User:
        return self.person("Dot Fraser", Role.DSL, self.oak)

    @cached_property
    def cara(self) -> User:
        return self.person("Cara Lindqvist", Role.CIO, None)

    @cached_property
    def pat(self) -> User:
        return User.objects.create_user("pat@demo.example", PASSWORD, name="Pat Nobody")

    @cached_property
    def uma(self) -> User:
        user = self.person("Uma Reid", Role.AUTHORISED_USER, self.oak)
        for channel in Channel.objects.filter(school=self.oak):
            ChannelGrant.objects.create(channel=channel, user=user)
        return user

    def person(self, name: str, role: Role, school: School | None, **fields: Any) -> User:
        """Somebody with one role from today."""
        email = f"{name.lower().replace(' ', '.')}@demo.example"
        user = User.objects.create_user(email, PASSWORD, name=name, **fields)
        grant_role(user=user, role=role, school=school, by=None)
        if Rulebook.in_force().terms.account_use == "manager_consent":
            self.consent_to_use(user)
        return ready(user)

    def newcomer(self) -> User:
        """Nell, who started today and has read nothing yet."""
        user = User.objects.create_user("nell.bright@demo.example", PASSWORD, name="Nell Bright")
        grant_role(user=user, role=Role.STAFF, school=self.oak, by=None)
        return user

    def consent_to_use(self, user: User) -> None:
        """A manager consents to the use of every account of the person's schools."""
        schools = user.roles.values("school")
        for channel in Channel.objects.filter(school__in=schools):
            ChannelGrant.objects.create(channel=channel, user=user, granted_by=self.cara)

    # ── children ────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def amira(self) -> Child:
        return self.child("Amira", "Khan", yes=list(Platform.objects.all()))

    @cached_property
    def tom(self) -> Child:
        return self.child("Tom", "Rees", yes=[self.platform("news")])

    @cached_property
    def rose(self) -> Child:
        return self.child("Rose", "Green")

    @cached_property
    def zofia(self) -> Child:
        child = self.child("Zofia", "Wolska", yes=list(Platform.objects.all()))
        withdraw(child=child, giver=self.mother(child), by=self.connie)
        return child

    @cached_property
    def ife(self) -> Child:
        child = self.child("Ife", "Adeyemi", yes=list(Platform.objects.all()))
        self.says(child, "no", list(Platform.objects.all()), giver=self.parent(child, "Father"))
        return child

    @cached_property
    def jack(self) -> Child:
        child = self.child("Jack", "Moor", yes=list(Platform.objects.all()))
        set_hold(child=child, kind=Hold.Kind.PROTECTED, note="Not for others", by=self.dot)
        return child

    @cached_property
    def ella(self) -> Child:
        yesterday = timezone.localdate() - timedelta(days=1)
        return self.child("Ella", "Novak", yes=list(Platform.objects.all()), until=yesterday)

    @cached_property
    def sam(self) -> Child:
        child = self.child("Sam", "Ocean")
        self.says(child, "unclear", list(Platform.objects.all()))
        return child

    @cached_property
    def kwame(self) -> Child:
        child = self.child("Kwame", "Boateng")
        grandmother = self.parent(child, "Grandmother", responsible=False)
        self.says(child, "yes", list(Platform.objects.all()), giver=grandmother)
        return child

    @cached_property
    def maya(self) -> Child:
        return self.child(
            "Maya",
            "Sharp",
            yes=list(Platform.objects.all()),
            decides="pupil",
            born_on=date(2012, 1, 9),
        )

    @cached_property
    def leo(self) -> Child:
        return self.child("Leo", "Frost", school=self.elm)

    def child(
        self,
        first: str,
        surname: str,
        *,
        yes: list[Platform] | None = None,
        until: date | None = None,
        school: School | None = None,
        **fields: Any,
    ) -> Child:
        """A pupil of class 4B with a mother who is entitled; `yes` for photos on platforms."""
        fields = {"born_on": date(2017, 5, 4), "form": "4B", "year": "4"} | fields
        child = Child.objects.create(
            school=school or self.oak, first_name=first, surname=surname, **fields
        )
        mother = self.parent(child, "Mother")
        if yes:
            self.says(child, "yes", yes, giver=mother, until=until)
        return child

    def parent(self, child: Child, relationship: str, *, responsible: bool = True) -> Parent:
        """A parent or carer of a child."""
        parent = Parent.objects.create(first_name=relationship, surname=child.surname)
        Guardianship.objects.create(
            child=child, parent=parent, relationship=relationship, has_responsibility=responsible
        )
        return parent

    def mother(self, child: Child) -> Parent:
        """The mother made with the child."""
        return child.guardianships.get(relationship="Mother").parent

    def says(
        self,
        child: Child,
        answer: str,
        platforms: list[Platform],
        *,
        kind: str = Kind.PHOTO,
        giver: Parent | None = None,
        **fields: Any,
    ) -> None:
        """A parent answers, and the office writes it down."""
        by = self.connie if child.school_id == self.oak.pk else self.elm_office
        record_many(
            said=[Said(p, kind, answer) for p in platforms],
            child=child,
            giver=giver or self.mother(child),
            way=Way.PAPER,
            by=by,
            **fields,
        )

    def says_own(self, child: Child, answer: str, platforms: list[Platform]) -> None:
        """The child answers for themself, about photos."""
        self._write(child, answer, platforms, given_by_child=True)

    def says_unnamed(self, child: Child, answer: str, platforms: list[Platform]) -> None:
        """A tick in an old system: nobody knows who said it."""
        self._write(child, answer, platforms)

    def adult_says(
        self,
        adult: Adult,
        answer: str,
        platforms: list[Platform],
        *kinds: str,
        way: str = Way.IN_PERSON,
    ) -> None:
        """An adult answers about photos of themself, or about other kinds."""
        said = [Said(p, kind, answer) for p in platforms for kind in kinds or (Kind.PHOTO,)]
        record_many(said=said, adult=adult, way=way, by=self.connie)

    def _write(self, child: Child, answer: str, platforms: list[Platform], **giver: Any) -> None:
        said = [Said(p, Kind.PHOTO, answer) for p in platforms]
        record_many(said=said, child=child, way=Way.PAPER, by=self.connie, **giver)

    @cached_property
    def elm_office(self) -> User:
        return self.person("Elin Office", Role.CONSENT_ADMIN, self.elm)

    @cached_property
    def author_visit(self) -> Adult:
        """A visiting author who has not been asked."""
        return Adult.objects.create(school=self.oak, name="Ada Visitor", kind="visitor")

    # ── devices ─────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def tablet(self) -> Device:
        """Oak's own tablet."""
        said = Described("tablet", self.oak, asset_tag="OAK-017", make="Apple", model="iPad")
        return register(described=said, by=self.cara)

    @cached_property
    def camera(self) -> Device:
        """Oak's camera; the register says nothing of make and model, so no file contradicts it."""
        return register(described=Described("camera", self.oak, asset_tag="OAK-002"), by=self.cara)

    @cached_property
    def phone(self) -> Device:
        """Tessa's own phone, approved from now on."""
        said = Described("phone", self.oak, is_personal=True, owner=self.tessa, make="Fairphone")
        device = register(described=said, by=self.cara)
        approve_device(device=device, by=self.cara)
        return device

    @property
    def ours(self) -> origins.Said:
        """We took it, with Oak's tablet."""
        return origins.Said(rights="ours", device=self.tablet)

    @cached_property
    def crest(self) -> Logo:
        """Oak's crest, which Hana permitted in writing."""
        said = "On photos of school life."
        return permit(name="Oak crest", permission=said, school=self.oak, by=self.hana)

    # ── places ──────────────────────────────────────────────────────────────────────────────────
    def platform(self, key: str) -> Platform:
        """A platform of the policy."""
        return Platform.objects.get(key=key)

    def channel(self, key: str, school: School | None = None) -> Channel:
        """A school's channel on that platform."""
        return Channel.objects.get(school=school or self.oak, platform__key=key)

    @property
    def achievement(self) -> Purpose:
        """The purpose "children's achievements"."""
        return Purpose.objects.get(version=self.policy, key="children")

    # ── walks ───────────────────────────────────────────────────────────────────────────────────
    def draft(
        self,
        *,
        children: list[Child] | None = None,
        channels: list[str] = ["news"],  # noqa: B006 (read only)
        text: str = "We built a working aqueduct.",
        title: str = "An aqueduct",
        by: User | None = None,
        photos: int | None = None,
        goes_out_at: Any = None,
    ) -> Post:
        """Tessa's draft: words, channels, and a photo showing these children, looked at."""
        author = by or self.tessa
        post = drafting.start(school=self.oak, by=author)
        words = Words(
            title=title,
            text=text,
            purpose=self.achievement,
            owned_by=None,
            goes_out_at=goes_out_at,
            channels=[self.channel(key) for key in channels],
        )
        drafting.save(post=post, words=words, by=author)
        number = photos if photos is not None else (1 if children else 0)
        for picture in self.add_photos(post, number, by=author):
            for child in children or []:
                picturing.show_child(picture=picture, child=child, by=author)
            picturing.describe(
                picture=picture, alt_text="Pupils beside a model", is_decorative=False, by=author
            )
            picturing.declare(
                picture=picture, people_complete=True, nothing_readable=True, by=author
            )
        return Post.objects.get(pk=post.pk)

    def add_photos(
        self, post: Post, number: int, *, by: User | None = None, said: bool = True
    ) -> list[Picture]:
        """Photos uploaded and looked at, as the background worker would; `said`: and that they
        were taken with Oak's own tablet."""
        files = [
            SimpleUploadedFile(f"IMG_{n}.jpg", drawn(n), content_type="image/jpeg")
            for n in range(post.pictures.count(), post.pictures.count() + number)
        ]
        made = picturing.add(post=post, files=files, by=by or self.tessa)
        with patch("posts.processing.process", looked_at_once):
            while process_waiting() or spot_waiting():
                pass
        if made and said:
            origins.we_took_them(post=post, device=self.tablet, by=by or self.tessa)
        found = list(Picture.objects.filter(pk__in=[p.pk for p in made]))
        for picture in found:
            picture.post = post
        return found

    def choose_channels(self, post: Post, keys: list[str]) -> None:
        """Its author says where it goes; the words stay as they are."""
        words = Words(
            title=post.title,
            text=post.text,
            purpose=post.purpose,
            owned_by=post.owned_by,
            goes_out_at=post.goes_out_at,
            channels=[self.channel(key) for key in keys],
        )
        drafting.save(post=post, words=words, by=post.author)

    def submitted(self, **draft: Any) -> Submission:
        """Put before Hana."""
        post = self.draft(**draft)
        return approvals.submit(post=post, by=post.author, declared=declared())

    def approved(self, **draft: Any) -> Post:
        """Approved by Hana."""
        submission = self.submitted(**draft)
        approvals.approve(submission=submission, by=self.hana)
        return Post.objects.get(pk=submission.post_id)

    def published(self, **draft: Any) -> Post:
        """Approved, and sent by the workers."""
        post = self.approved(**draft)
        self.send_all()
        return Post.objects.get(pk=post.pk)

    def send_all(self, at: Any = None) -> list[str]:
        """One sweep, and every delivery it hands out is sent."""
        return [send(pk, at=at) for pk in sweeping.sweep(at=at)]

    def delivery(self, post: Post, key: str = "news") -> Delivery:
        """The delivery of a post to a platform, fresh."""
        return Delivery.objects.select_related("channel__platform", "post", "submission").get(
            post=post, channel__platform__key=key
        )


def declared() -> list[str]:
    """Every line of the checklist of the policy in force, ticked."""
    return [line.key for line in checklist(Rulebook.in_force())]


def ready(user: User) -> User:
    """They were told what is recorded, have read the policy in force, and are trained for every
    role: what the first morning at work is for."""
    show_notice(to=user)
    acknowledge(by=user, seen=asked_of(user, Rulebook.in_force()).digest)
    # Tests travel in time, and nobody's training is over on the way.
    today, long = timezone.localdate(), timedelta(days=20 * 365)
    for kind in (Training.Kind.RECORDS, Training.Kind.INVESTIGATING):
        record_training(
            user=user,
            kind=kind,
            provider="Two Trees Trust",
            done_on=today - long,
            expires_on=today + long,
            by=None,
        )
    return user


def drawn(seed: int = 0, size: tuple[int, int] = (640, 480)) -> bytes:
    """A small JPEG, different for each seed."""
    image = Image.new("RGB", size, (200, 220 - seed * 7 % 100, 240))
    ImageDraw.Draw(image).ellipse((50 + seed * 11 % 300, 80, 250 + seed * 11 % 300, 280), "brown")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


_SEEN: dict[tuple[str, tuple[tuple[str, int], ...]], tuple[Processed, dict[str, bytes]]] = {}


def looked_at_once(original: Path, folder: Path, **limits: int) -> Processed:
    """The cast's few pictures are the same in every test: a process of its own looks at each of
    them once in a run, and whoever comes after gets copies of what it made."""
    seen = (hashlib.sha256(original.read_bytes()).hexdigest(), tuple(sorted(limits.items())))
    if seen not in _SEEN:
        made = process(original, folder, **limits)
        _SEEN[seen] = (made, {name: getattr(made, name).path.read_bytes() for name in SIDES})
        return made
    made, copies = _SEEN[seen]
    paths = {name: folder / f"{name}.jpg" for name in SIDES}
    for name, path in paths.items():
        path.write_bytes(copies[name])
    return replace(made, **{n: replace(getattr(made, n), path=p) for n, p in paths.items()})


def build() -> Trusty:
    """The trust: policy in force, two schools, their channels."""
    laid_down(found)
    policy = PolicyVersion.objects.get(in_force=True)
    return Trusty(policy, School.objects.get(slug="oak"), School.objects.get(slug="elm"))


def found() -> None:
    """Made by real actions."""
    load_preset("sovereign")
    Trust.objects.get_or_create(pk=1, defaults={"name": "Two Trees Trust"})
    oak = School.objects.create(name="Oak Primary School", short_name="Oak", slug="oak")
    elm = School.objects.create(
        name="Elm Academy", short_name="Elm", slug="elm", kind=School.Kind.SECONDARY
    )
    for school in (oak, elm):
        for platform in Platform.objects.filter(key__in=["news", "facebook", "instagram", "x"]):
            news = platform.key == "news"
            Channel.objects.create(
                school=school,
                platform=platform,
                name=f"{school.short_name} {platform.name}",
                way=Channel.Way.NEWS_PAGE if news else Channel.Way.ASSISTED,
            )


@pytest.fixture
def trust(db: None) -> Trusty:
    """Oak and Elm, and everybody in them on demand."""
    # `db` stands here by name: asked for at run time, a test run of nothing but such tests would
    # get no test database and work on the real one.
    return build()


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """`signed_in(trust.hana)`: a browser in which Hana has signed in."""

    def enter(user: User) -> Client:
        other = Client()
        other.force_login(user)
        return other

    return enter


def roles_of(user: User) -> list[str]:
    """The roles in force, for tests about roles."""
    return [r.role for r in StaffRole.objects.in_force().filter(user=user)]
