"""Which rules: the policy in force, its platforms and purposes, each school's channels, the
register of devices, the brand library, and what is asked of the people."""

from policy.models.acknowledgements import Acknowledgement, NoticeShown, ShownText
from policy.models.brand import Logo
from policy.models.channels import Channel, ChannelGrant, Platform
from policy.models.devices import Device, DeviceApproval, DeviceException
from policy.models.documents import PolicyDocument
from policy.models.life import Formality, Review, ReviewReminder
from policy.models.people import LinkedInPermission, Restriction, Training, TrainingRequirement
from policy.models.versions import OWN, OWN_MODES, HistoryRow, PolicyVersion, Purpose, Rule

__all__ = [
    "OWN",
    "OWN_MODES",
    "Acknowledgement",
    "Channel",
    "ChannelGrant",
    "Device",
    "DeviceApproval",
    "DeviceException",
    "Formality",
    "HistoryRow",
    "LinkedInPermission",
    "Logo",
    "NoticeShown",
    "Platform",
    "PolicyDocument",
    "PolicyVersion",
    "Purpose",
    "Restriction",
    "Review",
    "ReviewReminder",
    "Rule",
    "ShownText",
    "Training",
    "TrainingRequirement",
]
