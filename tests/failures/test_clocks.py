"""Clocks (failures 23 to 25)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from approvals import actions as approvals
from posts.models import Post
from tests.approvals.pages import words
from tests.cast import declared
from tests.house.files import ROOT
from tests.journeys.walking import press, sign_in, sign_out

ELSEWHERE = ["UTC", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Mars/Base", ""]
# Ten to midnight in London's summer: another day already in UTC's east, still the same in its west.
LATE = datetime(2027, 6, 30, 22, 50, tzinfo=UTC)


# ── 23 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(params=ELSEWHERE)
def container(request, monkeypatch):
    """The machine's own clock shows another zone's time."""
    with monkeypatch.context() as environ:
        environ.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def drafted_for(trust, signed_in, day: str, clock: str) -> tuple[Post, object]:
    """Tessa picks a day and a time on the page; the post, and the page's answer."""
    post = trust.draft()
    form = {
        "title": post.title,
        "text": post.text,
        "purpose": post.purpose_id,
        "channels": [trust.channel("news").pk],
        "when": "later",
        "on_day": day,
        "at_time": clock,
        "revision": post.revision,
    }
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form)
    return Post.objects.get(pk=post.pk), answer


@pytest.mark.failure(23)
@pytest.mark.django_db
def test_wherever_the_machine_thinks_it_is_a_time_means_the_schools_time(
    trust, p, signed_in, container
):
    with time_machine.travel(LATE, tick=False) as moving:
        post, _ = drafted_for(trust, signed_in, "2027-07-01", "00:30")
        submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
        page = words(signed_in(trust.hana).get(f"/approvals/{submission.pk}/"))
        assert "tomorrow at 0:30" in page
        approvals.approve(submission=submission, by=trust.hana)
        moving.shift(timedelta(minutes=39))
        assert trust.send_all() == []
        moving.shift(timedelta(minutes=1))
        assert trust.send_all() == ["sent"]
        assert datetime.now(UTC) == datetime(2027, 6, 30, 23, 30, tzinfo=UTC)


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Another process, in another place."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Mars/Base"])
def test_the_tests_of_the_clock_pass_in_every_zone(zone):
    told = run(
        *["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        *["tests/schools/test_clock.py", "tests/house/test_time.py"],
        TZ=zone,
    )
    assert told.returncode == 0, told.stdout


# Python looks into the system's zone data first and then into its own package, if there is one.
NO_SYSTEM_DATA = {"PYTHONTZPATH": ""}
WITHOUT_PACKAGE = "import sys; sys.modules['tzdata'] = None; "
SAYS_THE_TIME = (
    "import django; django.setup(); "
    "from datetime import UTC, datetime; from schools import clock; "
    "print(clock.moment(datetime(2027, 7, 1, 12, tzinfo=UTC)))"
)
STARTS = {
    "a command": (
        "import runpy; sys.argv = ['manage.py', 'check']; "
        "runpy.run_path('manage.py', run_name='__main__')"
    ),
    "the web": "import config.wsgi",
    "a worker": (
        "from config.celery import app as a; "
        "from celery.signals import worker_init; worker_init.send(sender=a)"
    ),
}


@pytest.mark.failure(23)
@pytest.mark.parametrize("start", STARTS)
def test_without_any_zone_data_nothing_starts_and_says_why_in_words(start, tmp_path):
    told = run(
        *["-c", WITHOUT_PACKAGE + STARTS[start]],
        **NO_SYSTEM_DATA,
        GOLIVE_DEMO="1",
        GOLIVE_DATA_DIR=str(tmp_path),
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    assert told.returncode != 0
    assert "This machine does not know the time in Europe/London" in told.stderr
    assert "Install the system’s package tzdata" in told.stderr


@pytest.mark.failure(23)
def test_without_the_systems_zone_data_pythons_package_is_enough(tmp_path):
    london = next(
        path for place in zoneinfo.TZPATH if (path := Path(place) / "Europe" / "London").is_file()
    )
    package = tmp_path / "tzdata" / "zoneinfo" / "Europe"
    package.mkdir(parents=True)
    for folder in (package, *package.parents[:2]):
        (folder / "__init__.py").touch()
    shutil.copy(london, package / "London")
    told = run(
        *["-c", SAYS_THE_TIME],
        **NO_SYSTEM_DATA,
        PYTHONPATH=str(tmp_path),
        GOLIVE_DEMO="1",
        GOLIVE_DATA_DIR=str(tmp_path),
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    assert told.stdout.strip() == "1 July 2027, 13:00", told.stderr


# ── 24 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(24)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        ("2027-03-28", "01:00", "The clocks go forward then, so that time does not exist."),
        ("2027-03-28", "01:30", "The clocks go forward then, so that time does not exist."),
        ("2027-10-31", "01:00", "The clocks go back then, so that time comes twice."),
        ("2027-10-31", "01:30", "The clocks go back then, so that time comes twice."),
    ],
)
def test_a_time_that_is_not_or_comes_twice_is_refused_in_words(trust, signed_in, day, clock, said):
    post, answer = drafted_for(trust, signed_in, day, clock)
    assert answer.status_code == 422
    assert said in words(answer)
    assert post.goes_out_at is None


@pytest.mark.failure(24)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        ("2027-03-28", "00:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28", "02:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31", "00:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31", "02:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_minutes_around_it_mean_one_instant(trust, signed_in, day, clock, instant):
    post, _ = drafted_for(trust, signed_in, day, clock)
    assert post.goes_out_at == instant


# ── 25 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(25)
@pytest.mark.django_db
def test_author_head_and_publisher_read_the_same_instant_labelled(trust, signed_in):
    assert trust.uma
    at = datetime(2027, 6, 3, 14, 30, tzinfo=UTC)
    submission = trust.submitted(channels=["facebook"], goes_out_at=at)
    pages = [(trust.tessa, f"/posts/{submission.post_id}/")]
    pages += [(trust.hana, f"/approvals/{submission.pk}/"), (trust.hana, "/approvals/")]
    read = [words(signed_in(person).get(address)) for person, address in pages]
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    number = trust.delivery(submission.post, "facebook").pk
    read += [words(signed_in(trust.uma).get(f"/publishing/deliveries/{number}/"))]
    read += [words(signed_in(trust.uma).get("/publishing/"))]
    assert ["3 June 2027, 15:30" in page for page in read] == [True] * 5
    assert ["Times are UK time." in page for page in read] == [True] * 5


@pytest.fixture(params=["America/New_York", "Pacific/Auckland"])
def abroad(request, chromium, live_server):
    """A page in a browser whose clock shows another zone's time."""
    context = chromium.new_context(
        base_url=live_server.url, timezone_id=request.param, locale="en-GB"
    )
    yield context.new_page()
    context.close()


@pytest.mark.failure(25)
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_time_picked_in_a_browser_far_away_is_the_schools_time(trust, abroad):
    assert trust.hana
    post = trust.draft()
    sign_in(abroad, trust.tessa)
    abroad.goto(f"/posts/{post.pk}/edit/")
    abroad.get_by_label("At a time").check()
    abroad.get_by_label("Day").fill("2027-06-03")
    abroad.get_by_label("Time, UK").fill("15:30")
    press(abroad.get_by_role("button", name="Save and leave"))
    post.refresh_from_db()
    assert post.goes_out_at == datetime(2027, 6, 3, 14, 30, tzinfo=UTC)
    approvals.submit(post=post, by=trust.tessa, declared=declared())
    abroad.goto(f"/posts/{post.pk}/")
    abroad.get_by_text("3 June 2027, 15:30").first.wait_for()
    sign_out(abroad)
    sign_in(abroad, trust.hana)
    abroad.goto("/approvals/")
    abroad.get_by_text("3 June 2027, 15:30").first.wait_for()
    abroad.get_by_text("Times are UK time.").wait_for()
