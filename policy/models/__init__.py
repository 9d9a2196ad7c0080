"""Which rules: the policy in force, its platforms and purposes, and each school's channels."""

from policy.models.channels import Channel, ChannelGrant, Platform
from policy.models.versions import PolicyVersion, Purpose, Rule

__all__ = ["Channel", "ChannelGrant", "Platform", "PolicyVersion", "Purpose", "Rule"]
