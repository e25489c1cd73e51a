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


def first_hits(using: str, column: str, query: str, language: str, most: int) -> list[int]:
    """The keys of at most ``most`` public publications whose ``column`` answers ``query``, any ones.

    Looking stops there: of a word that is on every page not every page is read.
    """
    asked = _wanted(query, language)
    if not asked:
        return []
    sql, match = _sql(using, column, asked)
    with connections[using].cursor() as cursor:
        cursor.execute(_PUBLIC.format(sql), (match, _OLD * most, most))
        return [key for (key,) in cursor.fetchall()]


def answers(tokens: str, query: str) -> bool:
    """Whether a column, ``title`` or ``words``, that holds ``tokens`` answers ``query``."""
    held = tokens.split(" ")
    return all(
        any(token.startswith(term.text) if term.begins else token == term.text for token in held)
        for term in terms(query)
    )


def hits(using: str, query: str, language: str) -> RawSQL | None:
    """The keys of publications whose words answer ``query``, as a subquery; None: it has no words.

    ``language`` "" searches every language.
    """
    wanted = _wanted(query, language)
    if not wanted:
        return None
    sql, match = _sql(using, "words", wanted)
    return RawSQL(sql, (match,))  # noqa: S611  a literal statement


def _wanted(query: str, language: str) -> list[Term]:
    """What must be there; nothing where a query holds no word."""
    asked = terms(query)
    return [Term(language_token(language))] * bool(language and asked) + asked


_POSTGRESQL = {
    "title": "SELECT publication_id FROM portal_search"
    " WHERE array_to_tsvector(string_to_array(title, ' ')) @@ %s::tsquery",
    "words": "SELECT publication_id FROM portal_search"
    " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery",
}
_SQLITE = "SELECT rowid AS publication_id FROM portal_search_fts WHERE portal_search_fts MATCH %s"
# What was withdrawn or replaced is in the index too, so more is taken out of it than is asked for.
_PUBLIC = """
    WITH hit AS MATERIALIZED ({} LIMIT %s)
    SELECT hit.publication_id FROM hit
    JOIN content_publication page ON page.id = hit.publication_id
    WHERE page.state = 'public' LIMIT %s
"""
_OLD = 4  # versions in the index for each that is public, at most, before a search may miss one


def _sql(using: str, column: str, wanted: Sequence[Term]) -> tuple[str, str]:
    """The statement that finds keys, and its parameter: what is asked is never part of it."""
    if connections[using].vendor == "postgresql":
        return _POSTGRESQL[column], _tsquery(wanted)
    return _SQLITE, _fts5(column, wanted)


def _tsquery(wanted: Sequence[Term]) -> str:
    # Tokens hold no quote and no backslash: see ``content.text.search_words``.
    return " & ".join(f"'{term.text}'{':*' * term.begins}" for term in wanted)


def _fts5(column: str, wanted: Sequence[Term]) -> str:
    asked = " AND ".join(f'"{term.text}"{"*" * term.begins}' for term in wanted)
    return f"{column} : ({asked})"
