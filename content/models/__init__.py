"""The tables, and the rules that the database itself keeps (``rules``)."""

from content.models.collaboration import Comment, Notice, Verdict
from content.models.handouts import (
    Assessment,
    Audience,
    Edition,
    Handout,
    Purpose,
    Request,
    SectionKey,
    Segment,
)
from content.models.jobs import Job, JobState
from content.models.library import (
    CodeSystem,
    MemoryEntry,
    Source,
    Statement,
    TermbaseEntry,
    TopicCode,
)
from content.models.people import Clinic, Mail, Qualification, Role, User
from content.models.record import Decision, Event, Publication, RenderedFile, Seal
from content.models.translations import (
    BackTranslation,
    Finding,
    TranslatedSegment,
    Translation,
)

__all__ = [
    "Assessment",
    "Audience",
    "BackTranslation",
    "Clinic",
    "CodeSystem",
    "Comment",
    "Decision",
    "Edition",
    "Event",
    "Finding",
    "Handout",
    "Job",
    "JobState",
    "Mail",
    "MemoryEntry",
    "Notice",
    "Publication",
    "Purpose",
    "Qualification",
    "RenderedFile",
    "Request",
    "Role",
    "Seal",
    "SectionKey",
    "Segment",
    "Source",
    "Statement",
    "TermbaseEntry",
    "TopicCode",
    "TranslatedSegment",
    "Translation",
    "User",
    "Verdict",
]
