"""The cases app: what people ask of us afterwards, and what went wrong."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Something with a clock and an owner, closed by a person with an outcome."""

    name = "cases"
    verbose_name = "Cases"
