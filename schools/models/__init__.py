"""Who we are: the trust, its schools, the people who sign in, and what they are told."""

from schools.models.notices import Heartbeat, Notice
from schools.models.people import StaffRole, User
from schools.models.places import School, Trust

__all__ = ["Heartbeat", "Notice", "School", "StaffRole", "Trust", "User"]
