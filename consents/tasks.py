"""Beat: work on files from the school's system, write to parents, remind of holds."""

from celery import shared_task

from consents import adult_mailing, campaigns, ending_soon, holding, mailing
from consents.imports import running

# Longer than other tasks: a whole school is one step. Still shorter than the broker's patience.
SOFT, HARD = 840, 870  # seconds


@shared_task(name="consents.run_imports", soft_time_limit=SOFT, time_limit=HARD)
def run_imports() -> int:
    """Work on one file that waits; returns how many were worked on."""
    return running.run_imports()


@shared_task(name="consents.write_to_parents")
def write_to_parents() -> int:
    """Queue reminders that are due and send a batch of mail, to grown-ups who are asked for
    themselves as well; returns how many left."""
    campaigns.remind_due()
    adult_mailing.remind_due()
    return mailing.send_due() + adult_mailing.send_due()


@shared_task(name="consents.remind_of_holds")
def remind_of_holds() -> int:
    """Remind safeguarding leads of holds to be looked at again; returns for how many schools."""
    return holding.remind_of_reviews()


@shared_task(name="consents.tell_of_endings")
def tell_of_endings() -> int:
    """Tell the offices, once a week, how many pupils' yeses end soon; returns how many schools."""
    return ending_soon.tell_offices()
