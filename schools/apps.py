"""The schools app: who we are."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The trust, its schools, its people and what they are told."""

    name = "schools"
    verbose_name = "Schools"
