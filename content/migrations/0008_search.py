import django.db.models.deletion
from django.db import migrations, models

from content.text.search_words import page_tokens

POSTGRESQL = [
    f"CREATE INDEX portal_search_by_{column} ON portal_search"
    f" USING gin (array_to_tsvector(string_to_array({column}, ' ')))"
    for column in ("title", "words")
]
_OLD = (
    "INSERT INTO portal_search_fts (portal_search_fts, rowid, title, words)"
    " VALUES ('delete', OLD.publication_id, OLD.title, OLD.words);"
)
_NEW = (
    "INSERT INTO portal_search_fts (rowid, title, words)"
    " VALUES (NEW.publication_id, NEW.title, NEW.words);"
)
SQLITE = [
    # Tokens are cut beforehand: every sign beyond ASCII belongs to its token.
    "CREATE VIRTUAL TABLE portal_search_fts USING fts5 (title, words, tokenize = 'ascii',"
    " detail = 'column', content = 'portal_search', content_rowid = 'publication_id')",
    f"CREATE TRIGGER portal_search_added AFTER INSERT ON portal_search BEGIN {_NEW} END",
    f"CREATE TRIGGER portal_search_gone AFTER DELETE ON portal_search BEGIN {_OLD} END",
    "CREATE TRIGGER portal_search_changed AFTER UPDATE ON portal_search"
    f" BEGIN {_OLD} {_NEW} END",
]


def index(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def unindex(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP TABLE portal_search_fts")


def fill(apps, schema_editor):
    """Index what is there."""
    alias = schema_editor.connection.alias
    rows = apps.get_model("content", "Publication").objects.using(alias)
    entries = apps.get_model("content", "SearchEntry").objects.using(alias)
    for row in rows.only("language", "title", "search_text").iterator():
        title, words = (
            page_tokens(row.language, texts) for texts in ([row.title], [row.title, row.search_text])
        )
        entries.create(publication_id=row.pk, title=title, words=words)


class Migration(migrations.Migration):
    dependencies = [("content", "0007_publishing")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="content.publication",
                    ),
                ),
                ("title", models.TextField()),
                ("words", models.TextField()),
            ],
            options={"db_table": "portal_search"},
        ),
        migrations.RunPython(index, unindex),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
