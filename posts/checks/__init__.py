"""The check of a post: the same at submit, at approve and just before sending (design §4)."""

from posts.checks.run import Mark, Person, Verdict, check, sign_up

__all__ = ["Mark", "Person", "Verdict", "check", "sign_up"]
