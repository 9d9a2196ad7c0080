"""May we? Children, the people who decide for them, and the record of what was decided."""

from consents.models.agreements import AgreementDraft
from consents.models.asking import BadAddress, Knock, ParentLink, ParentMail
from consents.models.campaigns import Campaign, EndingsTold, Invitation
from consents.models.capacity import CapacityRecord
from consents.models.decisions import Agreement, Answer, Ask, ConsentDecision, Kind, Way
from consents.models.holds import Hold
from consents.models.imports import Hint, Import, ImportRow, ImportTrace, RememberedHeading
from consents.models.people import OWN_SAY, Adult, Child, Decides, Guardianship, Parent

__all__ = [
    "OWN_SAY",
    "Adult",
    "Agreement",
    "AgreementDraft",
    "Answer",
    "Ask",
    "BadAddress",
    "Campaign",
    "CapacityRecord",
    "Child",
    "ConsentDecision",
    "Decides",
    "EndingsTold",
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
    "Way",
]
