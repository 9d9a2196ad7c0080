"""Who says so: the frozen post put before a Head, the answer, and anyone's Stop."""

from approvals.models.stops import Stop
from approvals.models.submissions import (
    ApprovalDecision,
    ApproverAnswer,
    Declaration,
    ExtraYes,
    Submission,
)

__all__ = [
    "ApprovalDecision",
    "ApproverAnswer",
    "Declaration",
    "ExtraYes",
    "Stop",
    "Submission",
]
