"""What all checks of a post cost, in units of the one question they cannot do without."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consents.models import Child, ConsentDecision, Guardianship, Kind, Parent
from consents.rules import permissions
from policy.models import Channel, Device, Platform, Purpose
from policy.presets import load_preset
from posts.checks import check
from posts.checks.case import KINDS
from posts.models import Appearance, Found, Look, Picture, Post, Wording
from schools.actions import grant_role
from schools.models import School, User
from schools.roles import Role
from tests.cast import ready

ROLL, PICTURED, PHOTOS = 2_000, 60, 10
CHANNELS = ("news", "facebook", "instagram", "linkedin")
LETTERS = 2_200
ROUNDS = 40
_SENTENCE = (
    "Year 4 built a Roman aqueduct out of cardboard, tape and patience, and on the third try two "
    "litres of water ran the whole length of the hall. “We measured the slope again and again,” "
    "they said. Thank you to everybody who saved boxes for us, and to the caretaker for the mop. "
)


def checks() -> Iterator[tuple[str, float, str]]:
    """`checks_ms_ratio`: wall time of `posts.checks.check` for a post with 10 photos and 60
    children, 2,200 letters and 4 channels, at a school of 2,000, over `consents.rules.permissions`
    for those children, platforms and kinds alone. Medians of interleaved rounds.
    `checks_ms`: the same in milliseconds. `checks_queries`, and how many more than for one photo
    with one child.
    """
    school, author = _school()
    large = _post(school, author, photos=PHOTOS, pictured=PICTURED)
    small = _post(school, author, photos=1, pictured=1)
    with connection.cursor() as cursor:
        # Of every table, as autovacuum would in time.
        cursor.execute("ANALYZE")
    verdict = check(large)
    if verdict.blockers:
        raise RuntimeError(f"The post is refused: {verdict.blockers[0].message}")
    whole = verdict.case.whole
    children, platforms = list(whole.children), whole.platform_ids

    def bare() -> object:
        day = timezone.localdate()
        return permissions(children, platforms, KINDS, purpose="children", on=day)

    ours, alone = _medians(lambda: check(large), bare)
    yield "checks_ms_ratio", ours / alone, "≤ 5"
    yield "checks_ms", ours * 1_000, ""
    queries = _queries(large)
    yield "checks_queries", float(queries), ""
    yield "checks_queries_growth", float(abs(queries - _queries(small))), "0"


def _school() -> tuple[School, User]:
    load_preset("sovereign")
    school = School.objects.create(name="Bench School", short_name="Bench", slug="bench")
    for key in CHANNELS:
        platform = Platform.objects.get(key=key)
        Channel.objects.create(school=school, platform=platform, name=key, way="assisted")
    author = User.objects.create_user("author@bench.example", name="Author Bench")
    grant_role(user=author, role=Role.STAFF, school=school, by=None)
    ready(author)
    born = date(2017, 5, 4)
    Child.objects.bulk_create(
        Child(
            pk=n,
            school=school,
            first_name=f"Abc{_word(n)}",
            surname=f"Xyz{_word(n)}",
            form=f"{n % 6 + 1}B",
            born_on=born,
        )
        for n in range(1, ROLL + 1)
    )
    Parent.objects.bulk_create(Parent(pk=n, surname=f"S{n}") for n in range(1, ROLL + 1))
    Guardianship.objects.bulk_create(
        Guardianship(child_id=n, parent_id=n, has_responsibility=True, was_responsible=True)
        for n in range(1, ROLL + 1)
    )
    platforms = Platform.objects.filter(key__in=CHANNELS)
    ConsentDecision.objects.bulk_create(
        ConsentDecision(
            child_id=n,
            giver_id=n,
            platform=platform,
            kind=Kind.PHOTO,
            answer="yes",
            way="paper",
            given_at=timezone.now(),
        )
        for n in range(1, PICTURED + 1)
        for platform in platforms
    )
    return school, author


def _word(number: int) -> str:
    """Letters alone: "bcd" for 123."""
    return "".join(chr(ord("a") + int(figure)) for figure in str(number))


def _post(school: School, author: User, *, photos: int, pictured: int) -> Post:
    purpose = Purpose.objects.get(version__in_force=True, key="children")
    text = (_SENTENCE * (LETTERS // len(_SENTENCE) + 1))[:LETTERS].rsplit(" ", 1)[0]
    post = Post.objects.create(
        school=school, author=author, purpose=purpose, title="An aqueduct", text=text
    )
    for channel in Channel.objects.filter(school=school):
        Wording.objects.create(post=post, channel=channel)
    device, _ = Device.objects.get_or_create(
        asset_tag="B-1", defaults={"school": school, "kind": "camera", "added_by": author}
    )
    for n in range(photos):
        picture = Picture.objects.create(
            post=post,
            position=n,
            state=Picture.State.READY,
            alt_text="Pupils beside a long cardboard model of an aqueduct with seven arches.",
            people_complete=True,
            nothing_readable=True,
            original_name=f"IMG_{n}.jpg",
            sha256=f"{n:064}",
            working=f"bench/{n}.jpg",
            medium=f"bench/{n}m.jpg",
            thumb=f"bench/{n}t.jpg",
            working_sha256=f"{n:064}",
            width=1_600,
            height=1_200,
            uploaded_by=author,
            rights=Picture.Rights.OURS,
            device=device,
        )
        Look.objects.create(picture=picture, state=Look.State.DONE, looked_at=timezone.now())
        people = Appearance.objects.bulk_create(
            Appearance(picture=picture, kind=Appearance.Kind.CHILD, child_id=c, added_by=author)
            for c in range(1 + n, pictured + 1, photos)
        )
        Found.objects.bulk_create(
            Found(
                picture=picture,
                sort=Found.Sort.FACE,
                left=0.1 * at,
                top=0.3,
                width=0.08,
                height=0.1,
                sure=0.99,
                appearance=person,
            )
            for at, person in enumerate(people)
        )
    return post


def _medians(*ways: Callable[[], object]) -> list[float]:
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for times, way in zip(taken, ways, strict=True):
            begun = time.perf_counter()
            way()
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def _queries(post: Post) -> int:
    with CaptureQueriesContext(connection) as captured:
        check(post)
    return len(captured)
