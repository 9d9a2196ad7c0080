"""`manage.py verify_audit`: is history whole, and what is the chain's head?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.rules import verify


class Command(BaseCommand):
    """Exits with an error when an event was changed, removed or put in between."""

    help = "Check the hash chain of the audit trail and print its head."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--head: one that was written down earlier."""
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="a head noted earlier, from the weekly mail or the log: shows a cut-off end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole chain and say what was found."""
        verdict = verify(noted=options["head"].strip().lower())
        for problem in verdict.problems:
            self.stderr.write(problem)
        for remark in verdict.remarks:
            self.stdout.write(f"Remark: {remark}")
        if not verdict.whole:
            raise CommandError("History has been tampered with.")
        self.stdout.write(
            f"History is whole: {verdict.sealed} events sealed, {verdict.unsealed} waiting. "
            f"Last event {verdict.last_event or 0}. Head {verdict.head}"
        )
        if not options["head"]:
            self.stdout.write("Whether its end was cut off shows only with --head.")
