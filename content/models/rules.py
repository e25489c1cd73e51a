"""Rules that the database keeps by itself, whoever writes to it: triggers for both databases.

A check constraint sees one row. These rules look across rows (an approver is not among the authors)
or across time (a decision is never changed), so they are triggers. They are written once, as the
condition under which a change is refused, in SQL that PostgreSQL and SQLite both read; `NEW` and
`OLD` are the row after and before. A refused change raises ``django.db.IntegrityError``.

``install`` is idempotent and runs after every `migrate`, because SQLite drops a table's triggers
when a migration rebuilds the table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

ALWAYS = "1 = 1"
# The services know the day of the house; the database knows only that of Greenwich, where it may be
# the day before or after. So its rule is a day wider: it never stops what is right on the day.
_DAYS = {
    "postgresql": {"TOMORROW": "CURRENT_DATE + 1", "YESTERDAY": "CURRENT_DATE - 1"},
    "sqlite": {"TOMORROW": "date('now', '+1 day')", "YESTERDAY": "date('now', '-1 day')"},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``event`` on ``table`` is refused with ``message`` where ``refused_if`` holds."""

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    refused_if: str
    message: str


_APPROVING = "NEW.state = 'approved' AND OLD.state <> 'approved'"


def _open_findings(join: str, column: str, owner: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM content_finding f JOIN {join} s ON s.id = f.{column}"
        f" WHERE s.{owner} = NEW.id AND f.severity = 'blocking' AND f.overridden_by_id IS NULL)"
    )


def _lacks_role(user: str, role: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM content_user_groups ug JOIN auth_group g ON g.id = ug.group_id"
        " JOIN content_user u ON u.id = ug.user_id"
        f" WHERE ug.user_id = {user} AND u.is_active AND g.name = '{role}')"
    )


def _unqualified(user: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM content_qualification q"
        f" WHERE q.user_id = {user} AND q.language = NEW.language"
        " AND q.valid_from <= TOMORROW AND q.valid_until >= YESTERDAY)"
    )


def _undecided(verb: str, column: str, user: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM content_decision d WHERE d.{column} = NEW.id"
        f" AND d.verb = '{verb}' AND d.actor_id = {user} AND d.fingerprint = NEW.fingerprint)"
    )


_FINDING_OF = (
    "SELECT s.edition_id FROM content_segment s WHERE s.id = NEW.segment_id"
    " UNION SELECT t.edition_id FROM content_translatedsegment r"
    " JOIN content_translation t ON t.id = r.translation_id WHERE r.id = NEW.translated_segment_id"
)


def _override_undecided(event: str) -> Rule:
    return Rule(
        f"finding_override_decided_{event.lower()}", "content_finding", event,
        "NEW.overridden_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM content_decision d"
        " WHERE d.verb = 'override' AND d.actor_id = NEW.overridden_by_id"
        f" AND d.reason = NEW.override_reason AND d.edition_id IN ({_FINDING_OF}))",
        "An override needs its decision on record.",
    )  # fmt: skip


def _append_only(table: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(f"{table}_no_{event.lower()}", table, event, ALWAYS, "The record is append-only.")
        for event in ("UPDATE", "DELETE")
    )


def _frozen(table: str, owner: str, parents: str) -> tuple[Rule, ...]:
    """The rows of ``table`` cannot change while the row they belong to is approved.

    ``parents`` has the columns id, of what ``owner`` points at, and state.
    """
    return tuple(
        Rule(
            f"{table}_frozen_{event.lower()}",
            table,
            event,
            f"EXISTS (SELECT 1 FROM {parents} p WHERE p.id = {row}.{owner} AND p.state = 'approved')",
            "Approved text is frozen.",
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    )


RULES: tuple[Rule, ...] = (
    *_append_only("content_decision"),
    *_append_only("content_event"),
    *_append_only("content_seal"),
    *_frozen("content_segment", "edition_id", "content_edition"),
    *_frozen("content_translatedsegment", "translation_id", "content_translation"),
    *_frozen(
        "content_segment_statements", "segment_id",
        "(SELECT s.id, e.state FROM content_segment s JOIN content_edition e ON e.id = s.edition_id)",
    ),
    Rule(
        "edition_born_unapproved", "content_edition", "INSERT",
        "NEW.state = 'approved'", "An edition begins unapproved.",
    ),
    Rule(
        "edition_stays_approved", "content_edition", "UPDATE",
        "OLD.state = 'approved' AND (NEW.state <> 'approved' OR NEW.fingerprint <> OLD.fingerprint"
        " OR NEW.approved_by_id <> OLD.approved_by_id OR NEW.approved_at <> OLD.approved_at"
        " OR NEW.handout_id <> OLD.handout_id OR NEW.number <> OLD.number)",
        "An approved edition is frozen; make a new edition.",
    ),
    Rule(
        "edition_keeps_its_authors", "content_edition_authors", "DELETE", ALWAYS,
        "Whoever wrote an edition stays its author.",
    ),
    Rule(
        "edition_authors_stay", "content_edition_authors", "UPDATE", ALWAYS,
        "Whoever wrote an edition stays its author.",
    ),
    Rule(
        "edition_keeps_its_maker", "content_edition", "UPDATE",
        "NEW.created_by_id <> OLD.created_by_id OR (OLD.request_id IS NOT NULL"
        " AND (NEW.request_id IS NULL OR NEW.request_id <> OLD.request_id))",
        "Whoever made an edition stays its maker.",
    ),
    Rule(
        "request_keeps_its_asker", "content_request", "UPDATE",
        "NEW.requested_by_id <> OLD.requested_by_id", "Whoever asked for a handout stays its asker.",
    ),
    Rule(
        "edition_approved_by_another", "content_edition", "UPDATE",
        f"{_APPROVING} AND (NEW.approved_by_id = NEW.created_by_id"
        " OR EXISTS (SELECT 1 FROM content_edition_authors a"
        " WHERE a.edition_id = NEW.id AND a.user_id = NEW.approved_by_id)"
        " OR EXISTS (SELECT 1 FROM content_request r"
        " WHERE r.id = NEW.request_id AND r.requested_by_id = NEW.approved_by_id)"
        " OR EXISTS (SELECT 1 FROM content_event v WHERE v.edition_id = NEW.id"
        " AND v.translation_id IS NULL AND v.kind IN ('edited', 'undone')"
        " AND v.actor_id = NEW.approved_by_id))",
        "The requester or an author of an edition cannot approve it.",
    ),
    Rule(
        "edition_approved_by_clinician", "content_edition", "UPDATE",
        f"{_APPROVING} AND {_lacks_role('NEW.approved_by_id', 'clinician')}",
        "Only a clinician approves an edition.",
    ),
    Rule(
        "edition_approved_with_decision", "content_edition", "UPDATE",
        f"{_APPROVING} AND {_undecided('approve_edition', 'edition_id', 'NEW.approved_by_id')}",
        "An approval needs its decision on record.",
    ),
    Rule(
        "edition_approved_without_blocks", "content_edition", "UPDATE",
        f"{_APPROVING} AND {_open_findings('content_segment', 'segment_id', 'edition_id')}",
        "A blocking finding is open.",
    ),
    Rule(
        "translation_born_unapproved", "content_translation", "INSERT",
        "NEW.state = 'approved'", "A translation begins unapproved.",
    ),
    Rule(
        "translation_stays_approved", "content_translation", "UPDATE",
        "OLD.state = 'approved' AND (NEW.state <> 'approved' OR NEW.fingerprint <> OLD.fingerprint"
        " OR NEW.approved_by_id <> OLD.approved_by_id OR NEW.edition_id <> OLD.edition_id"
        " OR NEW.language <> OLD.language OR NEW.approved_at <> OLD.approved_at)",
        "An approved translation is frozen.",
    ),
    Rule(
        "translation_of_approved_edition", "content_translation", "UPDATE",
        f"{_APPROVING} AND NOT EXISTS (SELECT 1 FROM content_edition e"
        " WHERE e.id = NEW.edition_id AND e.state = 'approved')",
        "The English is not approved.",
    ),
    Rule(
        "translation_approved_by_another", "content_translation", "UPDATE",
        f"{_APPROVING} AND EXISTS (SELECT 1 FROM content_edition e WHERE e.id = NEW.edition_id"
        " AND e.approved_by_id IN (NEW.approved_by_id, NEW.second_approved_by_id))",
        "The clinician who approved the English cannot approve its translation.",
    ),
    Rule(
        "translation_approved_by_qualified", "content_translation", "UPDATE",
        f"{_APPROVING} AND ({_lacks_role('NEW.approved_by_id', 'translator')}"
        f" OR {_unqualified('NEW.approved_by_id')})",
        "Only a qualified translator of the language approves a translation.",
    ),
    Rule(
        "translation_second_qualified", "content_translation", "UPDATE",
        f"{_APPROVING} AND NEW.second_approved_by_id IS NOT NULL"
        f" AND ({_lacks_role('NEW.second_approved_by_id', 'translator')}"
        f" OR {_unqualified('NEW.second_approved_by_id')})",
        "Only a qualified translator of the language approves a translation.",
    ),
    Rule(
        "translation_approved_with_decision", "content_translation", "UPDATE",
        f"{_APPROVING} AND"
        f" ({_undecided('approve_translation', 'translation_id', 'NEW.approved_by_id')}"
        " OR (NEW.second_approved_by_id IS NOT NULL AND"
        f" {_undecided('approve_translation', 'translation_id', 'NEW.second_approved_by_id')}))",
        "An approval needs its decision on record.",
    ),
    Rule(
        "translation_approved_without_blocks", "content_translation", "UPDATE",
        f"{_APPROVING} AND"
        f" {_open_findings('content_translatedsegment', 'translated_segment_id', 'translation_id')}",
        "A blocking finding is open.",
    ),
    Rule(
        "translation_keeps_its_tier", "content_translation", "UPDATE",
        "NEW.needs_two <> OLD.needs_two", "The number of translators needed is fixed.",
    ),
    _override_undecided("INSERT"),
    _override_undecided("UPDATE"),
    Rule(
        "finding_stays_blocking", "content_finding", "UPDATE",
        "OLD.severity = 'blocking' AND NEW.severity <> 'blocking'",
        "A blocking finding is mended or overridden.",
    ),
    Rule(
        "publication_born_in_preparation", "content_publication", "INSERT",
        "NEW.state <> 'preparing'", "A publication begins in preparation.",
    ),
    Rule(
        "publication_rests_on_approval", "content_publication", "INSERT",
        "NOT EXISTS (SELECT 1 FROM content_edition e"
        " WHERE e.id = NEW.edition_id AND e.state = 'approved')"
        " OR (NEW.translation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM content_translation t"
        " WHERE t.id = NEW.translation_id AND t.edition_id = NEW.edition_id"
        " AND t.language = NEW.language AND t.state = 'approved'))"
        " OR (NEW.translation_id IS NULL AND NEW.language <> 'en')",
        "Only approved text is published.",
    ),
    Rule(
        "publication_text_frozen", "content_publication", "UPDATE",
        "NEW.sha256 <> OLD.sha256 OR NEW.edition_id <> OLD.edition_id"
        " OR NEW.language <> OLD.language OR NEW.title <> OLD.title"
        " OR CAST(NEW.payload AS text) <> CAST(OLD.payload AS text)",
        "A publication is frozen.",
    ),
    Rule(
        "publication_stays_withdrawn", "content_publication", "UPDATE",
        "OLD.state IN ('withdrawn', 'superseded') AND NEW.state <> OLD.state",
        "A withdrawn or replaced publication stays so.",
    ),
    Rule(
        "publication_withdrawn_with_decision", "content_publication", "UPDATE",
        "NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND NOT EXISTS"
        " (SELECT 1 FROM content_decision d WHERE d.verb = 'withdraw'"
        " AND d.edition_id = NEW.edition_id AND d.fingerprint = NEW.sha256)",
        "A withdrawal needs its decision on record.",
    ),
    Rule(
        "publication_public_with_files", "content_publication", "UPDATE",
        "NEW.state = 'public' AND OLD.state <> 'public' AND NOT EXISTS"
        " (SELECT 1 FROM content_renderedfile r WHERE r.publication_id = NEW.id"
        " AND r.job_state = 'done')",
        "A publication becomes public with its PDFs.",
    ),
    Rule(
        "publication_kept", "content_publication", "DELETE", ALWAYS, "Publications are kept.",
    ),
)  # fmt: skip


_mending = ContextVar("mending", default=False)


@contextmanager
def mending() -> Iterator[None]:
    """While `migrate` runs: a database that lacks rules is what it is there to mend."""
    token = _mending.set(True)
    try:
        yield
    finally:
        _mending.reset(token)


def are_being_mended() -> bool:
    return _mending.get()


def _condition(rule: Rule, vendor: str) -> str:
    condition = rule.refused_if
    for name, day in _DAYS[vendor].items():
        condition = condition.replace(name, day)
    return condition


def _postgresql(rule: Rule) -> str:
    row = "OLD" if rule.event == "DELETE" else "NEW"
    return f"""
        CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF {_condition(rule, "postgresql")} THEN
                RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN {row};
        END $body$;
        DROP TRIGGER IF EXISTS {rule.name} ON {rule.table};
        CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table}
        FOR EACH ROW EXECUTE FUNCTION {rule.name}();
    """


def _sqlite(rule: Rule) -> str:
    return f"""
        CREATE TRIGGER IF NOT EXISTS {rule.name} BEFORE {rule.event} ON {rule.table}
        FOR EACH ROW WHEN {_condition(rule, "sqlite")}
        BEGIN SELECT RAISE(ABORT, '{rule.message}'); END;
    """


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger on ``connection``; safe to repeat."""
    uninstall(connection)
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for rule in RULES:
            cursor.execute(build(rule))


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove every trigger: before they are made anew, and where a test empties its tables.

    Those of a release before are among them, under names that this one does not know.
    """
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table in _triggers(connection):
            suffix = f" ON {table}" if on_table else ""
            cursor.execute(f"DROP TRIGGER {name}{suffix}")


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the triggers that the database has."""
    return {name for name, _table in _triggers(connection)}


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and table of every trigger on a table of this app."""
    query = (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relname LIKE 'content_%'"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master"
        " WHERE type = 'trigger' AND tbl_name LIKE 'content_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
