"""What the demo's photos are taken with, the logos that are permitted, and what Heads are asked."""

from __future__ import annotations

from config.demo.trust import DemoTrust
from policy import branding, registering
from policy.models import Device
from policy.registering import Described
from posts.origins import requesting
from schools.models import School, User
from schools.roles import Role

_CRESTS = {"oak": "Oak’s acorn", "elm": "Elm’s leaf", "willow": "Willow’s branch"}
_OWN_PHONES = {"Callum Drummond": ("oak", "Samsung", "Galaxy A54")}
_ASKED = (
    (
        "Tessa Marlow",
        "Coats for the forest on Friday",
        "It will be cold under the trees. Please bring a coat and a second pair of socks.",
        "",
    ),
    (
        "Priya Nair",
        "Cake sale after school",
        "Year 6 sells cake at the gate.",
        "Please put this into the letter of Friday; it concerns one class only.",
    ),
)


def equip(trust: DemoTrust) -> None:
    """Each school's tablet and camera, phones that were approved, and each school's crest."""
    keeper = trust.who(Role.CIO, "")
    for slug, school in trust.schools.items():
        for kind, number, make, model in (
            ("tablet", 17, "Apple", "iPad"),
            ("camera", 2, "Canon", "EOS 250D"),
        ):
            tag = f"{slug.upper()}-{number:03}"
            described = Described(kind, school, asset_tag=tag, make=make, model=model)
            registering.register(described=described, by=keeper)
        branding.permit(
            name=_CRESTS[slug],
            permission="It may be seen in photos of school life.",
            school=school,
            by=trust.who(Role.HEAD, slug),
        )
    for name, (slug, make, model) in _OWN_PHONES.items():
        described = Described(
            "phone",
            trust.schools[slug],
            is_personal=True,
            owner=trust.people[name],
            make=make,
            model=model,
        )
        phone = registering.register(described=described, by=keeper)
        registering.approve(device=phone, by=keeper)


def device_of(school: School, author: User, *, own: bool) -> Device:
    """The school's tablet, or the author's own phone."""
    here = Device.objects.filter(school=school)
    return here.get(owner=author) if own else here.get(kind="tablet")


def ask_the_heads(trust: DemoTrust) -> None:
    """Reminders that staff of Oak ask for: one waits, one was declined with words."""
    for name, title, text, declined in _ASKED:
        asked = requesting.ask_for_reminder(
            school=trust.schools["oak"], title=title, text=text, by=trust.people[name]
        )
        if declined:
            requesting.decline(asked=asked, words=declined, by=trust.who(Role.HEAD, "oak"))
