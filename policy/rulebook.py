"""The policy in force as an object that checks ask: is this rule on, how much does it weigh?

Read once per check (two queries) and handed down, so that one check uses one policy throughout.
Whoever asks only for terms or words pays for no rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache

from policy.confirming import Confirmer, called
from policy.findings import Finding, Mode, Way
from policy.made_once import rules_of
from policy.models import PolicyVersion, Purpose, Rule
from policy.presets.files import shipped_words
from policy.terms import APPROVER, AUTHOR, Audience, Terms, read_words
from schools.roles import Role
from schools.statements import Statement

_in_force = Statement(lambda: PolicyVersion.objects.filter(in_force=True))
_MODES = {Rule.Mode.BLOCK: Mode.BLOCK, Rule.Mode.WARN: Mode.WARN}


class NoPolicyInForce(RuntimeError):
    """Nothing may be checked, so nothing may be published, before a policy is in force."""


@dataclass(frozen=True)
class Rulebook:
    """The version in force with its rules by key."""

    version: PolicyVersion

    @classmethod
    def in_force(cls) -> Rulebook:
        """The rulebook of today. Raises `NoPolicyInForce`, which every gate treats as "no"."""
        found = _in_force.objects()
        if not found:
            raise NoPolicyInForce("No policy is in force yet.")
        return cls(found[0])

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule of this version by its key. One query, at the first rule asked for."""
        return {rule.key: rule for rule in rules_of(self.version.pk)}

    def rule(self, key: str) -> Rule:
        """One rule. A missing rule is a broken preset, never a pass: KeyError."""
        return self.rules[key]

    def is_on(self, key: str) -> bool:
        """Is this rule part of the policy in force? Floor rules always are."""
        return key in self.rules and self.rules[key].on

    @cached_property
    def terms(self) -> Terms:
        """What this version decides besides its rules: approvers, routes, device rule …"""
        return _terms(json.dumps(self.version.terms))

    @property
    def confirmer(self) -> str:
        """What whoever confirms posts is called: "Head", "Manager"."""
        return self.called.name

    @property
    def called(self) -> Confirmer:
        """The same as it stands in a sentence: "the Head", "a Manager"."""
        return called(self.terms.approver_roles)

    def words(self, name: str) -> tuple[str, ...]:
        """One of the policy's word lists (`policy.terms.WORD_LISTS`); where the policy names no
        words, the short list that ships. An unknown one: KeyError."""
        return self._words[name] or shipped_words()[name]

    def is_shipped(self, name: str) -> bool:
        """Does the policy name no words of its own for this list?"""
        return not self._words[name]

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        return _words(json.dumps(self.version.words))

    def shown(self, place: str) -> list[Rule]:
        """The rules in force that are shown at a place (`policy.terms.PLACES`), in their order."""
        return [rule for rule in self.rules.values() if rule.on and place in rule.shown]

    def finding(
        self,
        key: str,
        message: str,
        *,
        subject: str = "",
        channels: tuple[int, ...] = (),
        children: tuple[int, ...] = (),
        picture: int | None = None,
        confirm: str = "",
        ways: tuple[Way, ...] = (),
    ) -> Finding:
        """A finding that cites its row: clause, mode and who can mend it come from the rule."""
        rule = self.rule(key)
        return Finding(
            rule=key,
            clause=rule.reference,
            mode=_MODES.get(Rule.Mode(rule.mode), Mode.NOTE),
            message=message,
            title=rule.title,
            text=rule.text,
            who_can_mend=self.who_can_mend(rule),
            subject=subject,
            channels=channels,
            children=children,
            picture=picture,
            confirm=confirm,
            approver_answers=self._asks_approver(rule),
            ways=ways,
        )

    def who_can_mend(self, rule: Rule) -> str:
        """ "the author or the school office"; empty where nobody is named."""
        return _who(self._meant(rule.roles))

    def _asks_approver(self, rule: Rule) -> bool:
        """A warning that names whoever confirms posts is answered by them as well."""
        approvers = {role.value for role in self.terms.approver_roles}
        return rule.mode == Rule.Mode.WARN and not approvers.isdisjoint(self._meant(rule.roles))

    def _meant(self, roles: list[str]) -> list[str]:
        """Whoever confirms posts has a name in each trust."""
        confirm = [role.value for role in (*self.terms.approver_roles, Role.DEPUTY)]
        return [each for role in roles for each in (confirm if role == APPROVER else [role])]

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Whom a post can be for, where this version asks (R-112)."""
        asked = "audience" not in self.rules or self.is_on("audience")
        return self.terms.audiences if asked else ()

    def purposes(self) -> list[Purpose]:
        """The purposes a post can have under this version."""
        return list(self.version.purposes.all())


@lru_cache(maxsize=8)
def _terms(plain: str) -> Terms:
    """Few versions are ever asked for, each many times; what was read cannot change."""
    return Terms.read(json.loads(plain))


@lru_cache(maxsize=8)
def _words(plain: str) -> dict[str, tuple[str, ...]]:
    """The same for the word lists; to be read only."""
    return read_words(json.loads(plain))


# As staff say it; every other role is said by its own name.
_SAID = {AUTHOR: "the author", Role.CONSENT_ADMIN.value: "the school office"}


def _who(roles: list[str]) -> str:
    names = [_SAID.get(r) or f"the {Role(r).label}" for r in roles]
    if len(names) > 1:
        return ", ".join(names[:-1]) + " or " + names[-1]
    return names[0] if names else ""
