"""The index of the portal's search: tokens of ``content.text.search_words``, a row a publication.

PostgreSQL indexes both columns as arrays of tokens made into a ``tsvector`` (GIN), SQLite in a
full-text table (FTS5) that triggers keep in step. Migration 0009 makes both. The language of a
page is one of its tokens: the index does the intersecting.
"""

from collections.abc import Sequence

from django.db import connections, models
from django.db.models.expressions import RawSQL

from content.text.search_words import Term, language_token, terms


class SearchEntry(models.Model):
    """The tokens of one publication, separated by blanks: of its title, and of all of it."""

    publication = models.OneToOneField(
        "content.Publication", models.CASCADE, primary_key=True, related_name="search"
    )
    title = models.TextField()
    words = models.TextField()

    class Meta:
        # Not "content_…": ``rules`` makes the triggers of such tables anew, and would drop SQLite's here.
        db_table = "portal_search"

    def __str__(self) -> str:
        return self.title


def hits(using: str, column: str, query: str, language: str) -> RawSQL | None:
    """The keys of publications whose ``column`` answers ``query``, as a subquery; None: no words.

    ``language`` "" searches every language. ``column`` is ``title`` or ``words``.
    """
    asked = terms(query)
    if not asked:
        return None
    wanted = [Term(language_token(language))] * bool(language) + asked
    # The statements are literal; what was asked is a parameter.
    if connections[using].vendor == "postgresql":
        return RawSQL(_POSTGRESQL[column], (_tsquery(wanted),))  # noqa: S611
    return RawSQL(_SQLITE, (_fts5(column, wanted),))  # noqa: S611


_POSTGRESQL = {
    "title": "SELECT publication_id FROM portal_search"
    " WHERE array_to_tsvector(string_to_array(title, ' ')) @@ %s::tsquery",
    "words": "SELECT publication_id FROM portal_search"
    " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery",
}
_SQLITE = "SELECT rowid FROM portal_search_fts WHERE portal_search_fts MATCH %s"


def _tsquery(wanted: Sequence[Term]) -> str:
    # Tokens hold no quote and no backslash: see ``content.text.search_words``.
    return " & ".join(f"'{term.text}'{':*' * term.begins}" for term in wanted)


def _fts5(column: str, wanted: Sequence[Term]) -> str:
    asked = " AND ".join(f'"{term.text}"{"*" * term.begins}' for term in wanted)
    return f"{column} : ({asked})"
