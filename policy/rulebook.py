"""The policy in force as an object that checks ask: is this rule on, how much does it weigh?

Read once per check (two queries) and handed down, so that one check uses one policy throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from policy.findings import Finding, Mode, Way
from policy.models import PolicyVersion, Purpose, Rule
from schools.roles import Role

_MODES = {Rule.Mode.BLOCK: Mode.BLOCK, Rule.Mode.WARN: Mode.WARN}


class NoPolicyInForce(RuntimeError):
    """Nothing may be checked, so nothing may be published, before a policy is in force."""


@dataclass(frozen=True)
class Rulebook:
    """The version in force with its rules by key."""

    version: PolicyVersion
    rules: dict[str, Rule]

    @classmethod
    def in_force(cls) -> Rulebook:
        """The rulebook of today. Raises `NoPolicyInForce`, which every gate treats as "no"."""
        version = PolicyVersion.objects.filter(in_force=True).first()
        if version is None:
            raise NoPolicyInForce("No policy is in force yet.")
        return cls(version, {rule.key: rule for rule in version.rules.all()})

    def rule(self, key: str) -> Rule:
        """One rule. A missing rule is a broken preset, never a pass: KeyError."""
        return self.rules[key]

    def is_on(self, key: str) -> bool:
        """Is this rule part of the policy in force? Floor rules always are."""
        return key in self.rules and self.rules[key].on

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
            who_can_mend=_who(rule.roles),
            subject=subject,
            channels=channels,
            children=children,
            picture=picture,
            confirm=confirm,
            ways=ways,
        )

    def purposes(self) -> list[Purpose]:
        """The purposes a post can have under this version."""
        return list(self.version.purposes.all())


# As staff say it; every other role is said by its own name.
_SAID = {"author": "the author", Role.CONSENT_ADMIN.value: "the school office"}


def _who(roles: list[str]) -> str:
    names = [_SAID.get(r) or f"the {Role(r).label}" for r in roles]
    if len(names) > 1:
        return ", ".join(names[:-1]) + " or " + names[-1]
    return names[0] if names else ""
