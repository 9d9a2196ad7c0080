"""Background work: named on purpose, and everything beat asks for exists."""

from __future__ import annotations

import re

import pytest
from celery import current_app
from django.conf import settings

from config.demo.server import Background
from consents.tasks import HARD
from schools.pulse import SWEEP
from tests.house.files import ROOT


def _tasks() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def test_everything_beat_asks_for_exists() -> None:
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted - _tasks() == set()


def test_no_task_carries_an_automatic_name() -> None:
    assert [name for name in _tasks() if ".tasks." in name] == []


def test_what_beat_asked_for_and_nobody_took_is_forgotten() -> None:
    assert all(e["options"]["expires"] > 0 for e in settings.CELERY_BEAT_SCHEDULE.values())


def test_the_broker_hands_a_task_out_again_only_after_it_must_be_dead() -> None:
    limits = {name: current_app.tasks[name].time_limit for name in _tasks()}
    assert limits["consents.run_imports"] == HARD, "the longest of all"
    assert max(limits.values()) < settings.GOLIVE_BROKER_PATIENCE
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1


def _queue(task: str) -> str:
    name: str = current_app.amqp.router.route({}, task)["queue"].name
    return name


def test_every_task_waits_in_a_queue_that_a_plain_worker_serves() -> None:
    served = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    assert {_queue(task) for task in _tasks()} == served


def test_whatever_may_take_long_never_waits_in_line_with_the_sweep() -> None:
    usual = settings.CELERY_TASK_TIME_LIMIT
    long = {name for name in _tasks() if current_app.tasks[name].time_limit > usual}
    long |= {"publishing.send", "posts.process_pictures", "posts.tidy_files"}
    assert "consents.run_imports" in long
    assert [name for name in long if _queue(name) == _queue(SWEEP)] == []


@pytest.mark.parametrize("file", ["docker-compose.yml", ".ci/production"])
def test_in_production_every_queue_has_workers(file: str) -> None:
    text = (ROOT / file).read_text()
    named = re.findall(r"--queues\", \"(\w+)|for queue in ([\w ]+);", text)
    served = {word for pair in named for names in pair for word in names.split()}
    assert served == {queue.name for queue in settings.CELERY_TASK_QUEUES}


def test_the_demo_has_a_worker_of_its_own_for_each_queue() -> None:
    taken = [set(worker.app.amqp.queues.consume_from) for worker in Background().workers]
    assert taken == [{queue.name} for queue in settings.CELERY_TASK_QUEUES]
