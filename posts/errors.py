"""What can go wrong with a verb, in words for the person who pressed."""

from __future__ import annotations

from policy.findings import Finding


class NotPossible(Exception):
    """The verb cannot be done. `str(error)` is a plain sentence that says what to do instead."""


class SomebodyWasFaster(NotPossible):
    """The post moved on while this page was open."""


class Overtaken(NotPossible):
    """A save that arrives after a later one of the same page: there is nothing left to do."""


class Undeclared(NotPossible):
    """Lines of the policy's checklist were not ticked. `missing`: these, in the policy's words."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Tick each line above “Send” first. Not ticked: {' '.join(missing)}")
        self.missing = missing


class Refused(NotPossible):
    """A rule said no. `findings` says which, with clause and ways out."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(f.message for f in findings))
        self.findings = findings
