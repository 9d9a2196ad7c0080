"""The demo's cases: what people asked, and what somebody saw, at Oak and Elm."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cases.actions import Raised, add_note, close, raise_case, wait
from cases.kinds import Kind
from config.demo.trust import DemoTrust


def tell(trust: DemoTrust) -> None:
    """One that is overdue, some that run, one that waits and one that is closed."""
    people, oak, elm = trust.people, trust.schools["oak"], trust.schools["elm"]
    dpo, now = people["Jo Whitfield"], timezone.now()
    overdue = Raised(
        Kind.ACCESS,
        oak,
        "A mother wrote on Facebook that she wants a copy of everything we hold about her son.",
        now - timedelta(days=36),
    )
    made = raise_case(raised=overdue, by=people["Connie Price"])
    add_note(case=made, words="Asked the office for the paper file.", by=dpo)
    complaint = Raised(
        Kind.COMPLAINT,
        elm,
        "A grandfather complains that we kept his address after his grandson left.",
        now - timedelta(days=9),
    )
    raise_case(raised=complaint, by=people["Elin Rhys"])
    asked = Raised(
        Kind.ACCESS,
        oak,
        "Somebody we do not know asks by e-mail for all posts with a pupil of Year 6.",
        now - timedelta(days=5),
    )
    made = raise_case(raised=asked, by=people["Priya Nair"])
    wait(case=made, words="Asked who they are, and for a proof of it.", by=dpo)
    seen = Raised(
        Kind.HARMFUL,
        oak,
        "A page on Instagram uses our crest and makes fun of the staff.",
        now - timedelta(hours=7),
        link="https://www.instagram.com/example/",
    )
    made = raise_case(raised=seen, by=people["Mabel Ng"])
    close(case=made, words="Reported to Instagram, which removed it.", by=people["Hana Okafor"])
