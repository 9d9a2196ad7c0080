"""Writes the demo's drafts as their authors would: words, photos, who is in them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from config.demo.captions import Shot, Story
from config.demo.casting import Casting
from config.demo.equipment import device_of
from config.demo.pictures import draw
from config.demo.seeing import Remembered
from config.demo.trust import DemoTrust
from consents.models import Child, Kind
from policy.models import Purpose
from posts import actions as drafting
from posts import picturing
from posts.actions import Words
from posts.checks import check
from posts.models import Appearance, Found, Picture, Post
from posts.origins import actions as origins
from posts.processing import process_waiting
from posts.settling import is_listed, is_no_face, is_somebody, tells_nobody
from posts.spotting import spot_waiting
from schools.models import School, User
from schools.roles import Role

_WORK_GOES_TO = frozenset({"news", "website", "facebook"})


class Desk:
    """Where drafts are made."""

    def __init__(self, trust: DemoTrust, casting: Casting, dice: Random, eyes: Remembered) -> None:
        self.trust, self.casting, self.dice, self.eyes = trust, casting, dice, eyes

    def start(self, school: School, story: Story, author: User, due: datetime | None) -> Post:
        """The words, where they go, and the photos as they came off the camera."""
        post = drafting.start(school=school, by=author)
        channels = [self.trust.channels[school.slug, key] for key in story.channels]
        purpose = Purpose.objects.get(version=self.trust.policy, key=story.purpose)
        short = {c.pk: story.short for c in channels if c.platform.key == "x" and story.short}
        words = Words(
            title=story.title,
            text=story.text,
            purpose=purpose,
            owned_by=self.trust.who(Role.HEAD, school.slug) if purpose.is_update else None,
            goes_out_at=due,
            channels=channels,
            own_words=short,
        )
        drafting.save(post=post, words=words, by=author)
        files = [self._file(school, story, number) for number in range(len(story.shots))]
        if files:
            picturing.add(post=post, files=files, by=author)
        return post

    def finish(self, post: Post, story: Story, author: User) -> None:
        """Once the photos are ready: describe them, and say who is in them."""
        while post.pictures.filter(state=Picture.State.WAITING).exists():
            process_waiting()
        while spot_waiting(looker=self.eyes):
            pass
        if story.shots and not story.unfinished:
            self._origin(post, story, author)
        for shot, picture in zip(story.shots, post.pictures.all(), strict=True):
            picture.post = post
            if shot.alt:
                picturing.describe(
                    picture=picture, alt_text=shot.alt, is_decorative=False, by=author
                )
            if not story.unfinished:
                self._people(picture, shot, story, author)

    def answer_warnings(self, post: Post, author: User) -> None:
        """A word that is also a pupil's name: nobody is meant in these stories."""
        for finding in check(post).unanswered:
            drafting.answer_warning(
                post=post,
                rule=finding.rule,
                subject=finding.subject,
                words="It is an ordinary word here; no pupil is meant.",
                by=author,
            )

    def _file(self, school: School, story: Story, number: int) -> UploadedFile:
        shot = story.shots[number]
        drawn = draw(
            shot.scene,
            school=school.slug,
            children=shot.children + shot.hidden,
            adults=shot.adults,
            seed=crc32(f"{story.title} {number}".encode()) % 10_000,
        )
        name = shot.file or f"IMG_{2_400 + self.dice.randrange(500) + number}.jpg"
        return SimpleUploadedFile(name, drawn, content_type="image/jpeg")

    def _origin(self, post: Post, story: Story, author: User) -> None:
        if story.credit:
            evidence = f"Mail from {story.credit}"
            said = origins.Said(rights="supplied", evidence=evidence, credit=story.credit)
            origins.say_of_all(post=post, said=said, by=author)
        else:
            device = device_of(post.school, author, own=story.own_phone)
            origins.we_took_them(post=post, device=device, by=author)

    def _people(self, picture: Picture, shot: Shot, story: Story, author: User) -> None:
        school = picture.post.school
        for child in self._children(school, story, shot.children, Kind.PHOTO):
            picturing.show_child(picture=picture, child=child, by=author)
        for child in self._children(school, story, shot.work, Kind.WORK):
            picturing.show_child(picture=picture, child=child, by=author, work=True)
        for adult in self.casting.adults(school, story, shot.adults) if shot.adults else []:
            picturing.show_adult(picture=picture, adult=adult, by=author)
        self._faces(picture, shot, author)
        if shot.work:
            for key in set(story.channels) - _WORK_GOES_TO:
                channel = self.trust.channels[school.slug, key]
                picturing.leave_out(picture=picture, channel=channel, by=author)
        picturing.declare(picture=picture, people_complete=True, nothing_readable=True, by=author)

    def _faces(self, picture: Picture, shot: Shot, author: User) -> None:
        """Whose each face is: from left to right, as good as any, for all of them are drawn."""
        listed = list(picture.appearances.exclude(kind=Appearance.Kind.WORK))
        faces = list(picture.found.filter(sort=Found.Sort.FACE))
        shown = faces[: len(listed) + shot.hidden]
        for face, appearance in zip(shown, listed, strict=False):
            face.picture = picture
            is_listed(face=face, appearance=appearance, by=author)
        hidden = shown[len(listed) :]
        for face in hidden:
            face.picture = picture
            is_somebody(face=face, by=author)
        for _ in range(shot.hidden - len(hidden)):
            picturing.show_somebody(picture=picture, by=author)
        for face in faces[len(shown) :]:
            face.picture = picture
            is_no_face(face=face, by=author)
        lines = list(picture.found.exclude(hint=""))
        for line in lines:
            line.picture = picture
        tells_nobody(lines=lines, by=author)

    def _children(self, school: School, story: Story, number: int, kind: Kind) -> list[Child]:
        return self.casting.children(school, story, number, kind) if number else []
