"""Who we are: the trust, its schools, the people who sign in, and what they are told."""

from schools.models.notices import Heartbeat, Notice
from schools.models.people import ApproverRole, StaffRole, User
from schools.models.places import OWN_SAY_AGES, School, Trust

__all__ = [
    "OWN_SAY_AGES",
    "ApproverRole",
    "Heartbeat",
    "Notice",
    "School",
    "StaffRole",
    "Trust",
    "User",
]
