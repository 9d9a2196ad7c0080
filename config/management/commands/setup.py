"""`manage.py setup`: what an installation needs before the first person can sign in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from config import installing
from policy.confirming import confirmer
from policy.lacking import lacking
from policy.models import PolicyVersion
from policy.presets import files
from schools.errors import NotAllowed
from schools.models import School, Trust, User
from schools.people import way_in
from schools.roles import Role

_NEXT = """
Next, at {0}/
  1. Staff: add the {1}, the authorised users, the consent administrators.
  2. Channels: add each school’s news page and accounts, and who may post to them.
  3. Agreement: read the starting version, change what you like, and publish it.
  4. The consent administrators bring in pupils and permissions from a file."""


class Command(BaseCommand):
    """Names the trust, puts its policy in force, makes schools and the first person. Asks for what
    was not given; running it again changes nothing that is there."""

    help = "Set up the trust, its policy, its schools and the first person who can sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Everything can be given; what is not is asked for, unless --no-input."""
        parser.add_argument("--trust", default="", help="the name of the trust")
        parser.add_argument("--preset", default="", choices=["", *_presets()], help="its policy")
        parser.add_argument(
            "--school",
            action="append",
            default=[],
            metavar="NAME[:KIND]",
            help=f"a school, once for each; kinds: {', '.join(School.Kind.values)}",
        )
        parser.add_argument(
            "--misuse",
            default="",
            metavar="ROLE[+ROLE][,ROLE…]",
            help="whom reports of misuse go to, where the policy names nobody: for example "
            f"manager,chro. Roles: {', '.join(Role.values)}",
        )
        parser.add_argument("--name", default="", help="the first person, who adds all others")
        parser.add_argument("--email", default="", help="where their invitation goes")
        parser.add_argument(
            "--show-link",
            action="store_true",
            help="print the link to choose a password, for when mail does not work yet",
        )
        parser.add_argument("--no-input", action="store_true", help="ask for nothing")

    def handle(self, **options: Any) -> None:
        """Ask, do it all or nothing, and say what to do next."""
        if settings.GOLIVE_DEMO:
            raise CommandError("This is the demo installation: it sets itself up.")
        self.may_ask = not options["no_input"] and sys.stdin.isatty()
        trust = self._value(options, "trust", "The name of the trust", _kept_name())
        preset = self._value(options, "preset", f"Its policy ({', '.join(_presets())})", _kept())
        if preset not in _presets():
            raise CommandError(f"There is no policy “{preset}”. There are: {', '.join(_presets())}")
        misuse = self._misuse(options, preset)
        wished = [_school(text) for text in self._schools(options["school"])]
        administrator = installing.first_administrator()
        if administrator is None or options["email"]:
            name = self._value(options, "name", "Your name", "")
            email = self._value(options, "email", "Your e-mail", "")
            _must_be_an_address(email)
            administrator = User(name=name, email=email.lower())
        is_new = not User.objects.filter(email=administrator.email).exists()
        try:
            with transaction.atomic():
                done = installing.install(trust, preset, wished, administrator, misuse=misuse)
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        for line in done:
            self.stdout.write(line)
        user = User.objects.get(email=administrator.email)
        self.stdout.write(_way_in(user, is_new=is_new, show=options["show_link"]))
        self.stdout.write(_NEXT.format(settings.PUBLIC_URL, confirmer().many))
        if missing := lacking():
            self.stdout.write("\nStill missing:")
            self.stdout.writelines(f"  - {line}\n" for line in missing)

    def _value(self, options: dict[str, Any], name: str, question: str, kept: str) -> str:
        """As given, as kept from last time, or as answered now."""
        given: str = options[name] or kept
        if not given and self.may_ask:
            given = input(f"{question}: ").strip()
        if not given:
            raise CommandError(f"Give --{name}.")
        return given

    def _misuse(self, options: dict[str, Any], preset: str) -> list[list[str]]:
        """The reporting route, where the policy names none: set-up cannot end without one."""
        given: str = options["misuse"]
        if not given and not installing.asks_for_misuse(preset):
            return []
        if not given and self.may_ask:
            question = "Whom reports of misuse go to, for example manager,chro"
            given = input(f"{question}: ").strip()
        if not given:
            raise CommandError(
                f"The policy “{preset}” names nobody for reports of misuse. Give --misuse, for "
                f"example manager,chro. Roles: {', '.join(Role.values)}."
            )
        groups = [[who.strip() for who in group.split("+")] for group in given.split(",")]
        for who in (who for group in groups for who in group):
            if who not in Role.values:
                raise CommandError(f"“{who}” is no role: {', '.join(Role.values)}")
        return groups

    def _schools(self, given: list[str]) -> list[str]:
        if given or School.objects.exists() or not self.may_ask:
            return given
        asked = "A school, as NAME or NAME:KIND (nothing when that is all): "
        found = []
        while text := input(asked).strip():
            found.append(text)
        return found


def _presets() -> list[str]:
    """Policies that a trust can choose; the floor and the platforms belong to all of them."""
    return files.keys()


def _kept() -> str:
    version = PolicyVersion.objects.filter(in_force=True).first()
    return version.key if version else ""


def _kept_name() -> str:
    trust = Trust.objects.filter(pk=1).first()
    return trust.name if trust else ""


def _school(text: str) -> tuple[str, str]:
    name, _, kind = text.partition(":")
    kind = kind.strip() or School.Kind.PRIMARY.value
    if kind not in School.Kind.values:
        raise CommandError(f"“{kind}” is no kind of school: {', '.join(School.Kind.values)}")
    return name.strip(), kind


def _must_be_an_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{email}” is no e-mail address.") from error


def _way_in(user: User, *, is_new: bool, show: bool) -> str:
    if show:
        return f"\nChoose a password, once, within a day:\n{settings.PUBLIC_URL}{way_in(user)}"
    if user.has_usable_password():
        return ""
    if is_new:
        return f"\nAn invitation goes to {user.email}; its link works for one day."
    return (
        f"\n{user.email} has not chosen a password yet. For another link: “I have forgotten my "
        "password” on the sign-in page, or --show-link here."
    )
