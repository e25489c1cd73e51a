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
from content.models.record import Decision, Event, Publication, Seal
from content.models.search import SearchEntry
from content.models.serving import (
    AT_ONCE,
    Bundle,
    Favourite,
    Feedback,
    Paper,
    Recording,
    RenderedFile,
    Tally,
    Token,
    Variant,
)
from content.models.translations import (
    BackTranslation,
    Finding,
    TranslatedSegment,
    Translation,
)

__all__ = [
    "AT_ONCE",
    "Assessment",
    "Audience",
    "BackTranslation",
    "Bundle",
    "Clinic",
    "CodeSystem",
    "Comment",
    "Decision",
    "Edition",
    "Event",
    "Favourite",
    "Feedback",
    "Finding",
    "Handout",
    "Job",
    "JobState",
    "Mail",
    "MemoryEntry",
    "Notice",
    "Paper",
    "Publication",
    "Purpose",
    "Qualification",
    "Recording",
    "RenderedFile",
    "Request",
    "Role",
    "Seal",
    "SearchEntry",
    "SectionKey",
    "Segment",
    "Source",
    "Statement",
    "Tally",
    "TermbaseEntry",
    "Token",
    "TopicCode",
    "TranslatedSegment",
    "Translation",
    "User",
    "Variant",
    "Verdict",
]
