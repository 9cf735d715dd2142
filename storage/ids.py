"""The ids of what is stored. The caller makes the textual ones (random, meaning nothing); the database counts."""

from typing import NewType, TypeAlias

RespondentId = NewType("RespondentId", str)
"""The pseudonym of a person."""
MemberId: TypeAlias = RespondentId
"""A member is a respondent with a role."""
ConversationId = NewType("ConversationId", str)
ResponseId = NewType("ResponseId", int)
OutboxId = NewType("OutboxId", int)
AlertId = NewType("AlertId", int)
UploadId = NewType("UploadId", int)
ComplaintId = NewType("ComplaintId", int)
