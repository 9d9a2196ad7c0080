"""Times are stored in UTC and spoken in the school's own zone."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from tests.house.files import ROOT, modules, short

# Where somebody proves what happened when, days or years later: the exact moment, always.
EVIDENCE = {
    "consents/_agreement_facts.html",
    "consents/adult.html",
    "consents/adult_said.html",
    "consents/agreement_said.html",
    "consents/agreements.html",
    "consents/child.html",
    "consents/exports/_pupil.html",
    "consents/exports/_top.html",
    "consents/shown.html",
    "policy/past.html",
    "publishing/why.html",
}
# How another website will write it.
PICTURES = {"posts/_views.html"}
BY_HAND = re.compile(r"\bH:i|\bG:i|(?<!format=\")%H:%M|\|time\b")


def test_times_are_aware_and_shown_in_london() -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert settings.USE_TZ
    assert timezone.localtime(summer).strftime("%H:%M %Z") == "13:00 BST"


def test_beat_counts_in_utc() -> None:
    assert settings.CELERY_TIMEZONE == "UTC"
    assert settings.CELERY_ENABLE_UTC


def _templates() -> dict[str, str]:
    folder = ROOT / "templates"
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*.html"))}


def test_a_page_says_today_at_and_not_the_date_except_where_it_is_evidence() -> None:
    exact = {name for name, text in _templates().items() if "|moment" in text}
    assert exact - EVIDENCE - PICTURES == set()


def test_an_hour_is_written_in_one_way_only() -> None:
    """By `schools.clock`: 8:55. A browser's own field wants 08:55 as its value."""
    fields = re.compile(r"<input[^>]*>")
    pages = {name: fields.sub("", text) for name, text in _templates().items()}
    sources = {short(path): path.read_text() for path in modules()}
    assert [name for name, text in (pages | sources).items() if BY_HAND.search(text)] == []
