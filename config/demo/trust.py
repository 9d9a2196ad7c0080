"""The demo's trust: three schools, their channels, the policy in force, and the staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from config.demo.cast import STAFF, Person
from policy.models import Channel, ChannelGrant, Platform, PolicyVersion
from policy.presets import load_preset
from schools.actions import grant_role
from schools.models import School, Trust, User
from schools.roles import Role

_SCHOOLS = [
    ("oak", "Oak", "Oak Primary School", School.Kind.PRIMARY, "#2e6b4f"),
    ("elm", "Elm", "Elm Academy", School.Kind.SECONDARY, "#37517e"),
    ("willow", "Willow", "Willow School", School.Kind.SPECIAL, "#7a4b6e"),
]
_CHANNELS = {
    "oak": ["news", "facebook", "instagram", "x"],
    "elm": ["news", "website", "facebook", "instagram", "x", "linkedin", "tiktok"],
    "willow": ["news", "facebook", "whatsapp"],
}
_HOSTS = {
    "website": "https://www.{0}.example/",
    "facebook": "https://www.facebook.com/{0}.demo",
    "instagram": "https://www.instagram.com/{0}.demo/",
    "x": "https://x.com/{0}_demo",
    "linkedin": "https://www.linkedin.com/school/{0}-demo/",
    "tiktok": "https://www.tiktok.com/@{0}.demo",
    "whatsapp": "https://www.whatsapp.com/channel/{0}demo",
}


# The age from which a pupil of the demo is asked as well.
OWN_SAY_FROM = 13


@dataclass
class DemoTrust:
    """What the rest of the demo needs at hand."""

    policy: PolicyVersion
    schools: dict[str, School]
    platforms: dict[str, Platform]
    channels: dict[tuple[str, str], Channel]
    people: dict[str, User] = field(default_factory=dict)

    def who(self, role: Role, school: str) -> User:
        """The first of the cast with this role at this school."""
        return next(self.people[p.name] for p in STAFF if p.role == role and p.school == school)


def build() -> DemoTrust:
    """Trust, schools, policy, channels, people, roles and grants, as in the first week of term."""
    policy = load_preset("sovereign")
    Trust.objects.create(pk=1, name="Three Trees Trust", own_say_from=OWN_SAY_FROM)
    schools = {
        slug: School.objects.create(
            slug=slug,
            short_name=short,
            name=name,
            kind=kind,
            colour=colour,
            office_email=f"office.{slug}@demo.example",
        )
        for slug, short, name, kind, colour in _SCHOOLS
    }
    platforms = {platform.key: platform for platform in Platform.objects.all()}
    channels = {
        (slug, key): _channel(schools[slug], platforms[key])
        for slug, keys in _CHANNELS.items()
        for key in keys
    }
    trust = DemoTrust(policy, schools, platforms, channels)
    _staff(trust)
    return trust


def _channel(school: School, platform: Platform) -> Channel:
    news = platform.key == "news"
    return Channel.objects.create(
        school=school,
        platform=platform,
        name=f"{school.short_name} news" if news else f"{school.name}",
        address="" if news else _HOSTS[platform.key].format(f"{school.slug}-three-trees"),
        mailbox="" if news else f"news@{school.slug}.demo.example",
        way=Channel.Way.NEWS_PAGE if news else Channel.Way.ASSISTED,
    )


def _staff(trust: DemoTrust) -> None:
    """Everybody's password is the demo's one word; outside the demo nobody has one."""
    secret = make_password(settings.GOLIVE_DEMO_PASSWORD or None)
    for person in STAFF:
        user = User(email=_email(person.name), name=person.name, job_title=person.job)
        user.password = secret
        if person.role == Role.EXTERNAL:
            user.category = User.Category.THIRD_PARTY
            user.ends_on = timezone.localdate() + timedelta(days=330)
        user.save()
        trust.people[person.name] = user
    # The Chief Information Officer is there first, as after `manage.py setup`, and gives the rest.
    for person in sorted(STAFF, key=lambda person: person.role != Role.CIO):
        _grant(trust, person, trust.people[person.name])


def _grant(trust: DemoTrust, person: Person, user: User) -> None:
    by = None if person.role == Role.CIO else trust.who(Role.CIO, "")
    ends = timezone.localdate() + timedelta(days=200) if person.role == Role.DEPUTY else None
    for slug in (person.school, *person.also):
        school = trust.schools[slug] if slug else None
        grant_role(user=user, role=person.role, school=school, by=by, ends=ends)
    if person.role == Role.AUTHORISED_USER:
        for (slug, _), channel in trust.channels.items():
            if slug == person.school:
                ChannelGrant.objects.create(channel=channel, user=user, granted_by=by)


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@demo.example"
