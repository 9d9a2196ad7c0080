"""May we? Children, the people who decide for them, and the record of what was decided."""

from consents.models.adults import Adult, AdultLink, AdultMail, AdultWording
from consents.models.agreements import AgreementDraft
from consents.models.asking import BadAddress, Knock, ParentLink, ParentMail
from consents.models.campaigns import Campaign, EndingsTold, Invitation
from consents.models.capacity import CapacityRecord
from consents.models.care import CareRecord
from consents.models.decisions import (
    ADULT_KINDS,
    NAME_KINDS,
    Agreement,
    Answer,
    Ask,
    ConsentDecision,
    Kind,
    Way,
)
from consents.models.evidence import Evidence
from consents.models.holds import Hold
from consents.models.imports import Hint, Import, ImportRow, ImportTrace, RememberedHeading
from consents.models.people import OWN_SAY, Child, Decides, Guardianship, Parent
from consents.models.roster import RosterChange
from consents.models.same_person import SamePerson
from consents.models.stops import SchoolStop

__all__ = [
    "ADULT_KINDS",
    "NAME_KINDS",
    "OWN_SAY",
    "Adult",
    "AdultLink",
    "AdultMail",
    "AdultWording",
    "Agreement",
    "AgreementDraft",
    "Answer",
    "Ask",
    "BadAddress",
    "Campaign",
    "CapacityRecord",
    "CareRecord",
    "Child",
    "ConsentDecision",
    "Decides",
    "EndingsTold",
    "Evidence",
    "Guardianship",
    "Hint",
    "Hold",
    "Import",
    "ImportRow",
    "ImportTrace",
    "Invitation",
    "Kind",
    "Knock",
    "Parent",
    "ParentLink",
    "ParentMail",
    "RememberedHeading",
    "RosterChange",
    "SamePerson",
    "SchoolStop",
    "Way",
]
