"""The Celery application: workers and beat, in production and inside the demo."""

import os
import sys
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.checks import refuse_if_incomplete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("golive")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _keep_our_logging(**_: Any) -> None:
    # Connecting at all stops Celery from bringing handlers that would print names.
    dictConfig(settings.LOGGING)


@worker_init.connect
@beat_init.connect
def _refuse_if_incomplete(**_: Any) -> None:
    try:
        refuse_if_incomplete()
    except ImproperlyConfigured as error:
        # Celery swallows an ordinary exception of a signal handler and goes on.
        sys.exit(str(error))
