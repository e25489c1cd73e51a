"""A version must run on the tables of the next one: while it is replaced, both are at work.

So a migration may add what the version before does not know, and take nothing that it uses: expand,
deploy, contract (README, "Growing"). The rule is read off the operations; what it cannot see (a
constraint that the version before keeps anyway) is listed with the reason.
"""

from collections.abc import Iterator

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field

from tests.release import NEWEST

# What breaks the rule, and why it may.
REASONS = {
    "0007_publishing: AddConstraint renderedfile_running_has_a_lease": "the release leaves rows done",
    "0007_publishing: AddConstraint house_variant_rendered_once": "as paper_rendered_once before",
    "0007_publishing: AddConstraint clinic_variant_rendered_once": "the release knows no clinics",
    "0007_publishing: AddConstraint done_file_has_bytes": "the release adds a file with its bytes",
}
TAKES_AWAY = (
    migrations.DeleteModel, migrations.RenameModel, migrations.RemoveField, migrations.RenameField,
    migrations.AlterModelTable, migrations.AlterUniqueTogether, migrations.RunSQL,
    migrations.AddConstraint,
)  # fmt: skip


def since_the_release() -> Iterator[tuple[str, ProjectState, list[Operation]]]:
    """Every migration after it: its name, the state before it, its operations."""
    loader = MigrationLoader(None)
    ours = sorted(name for app, name in loader.disk_migrations if app == "content")
    for name in ours[ours.index(NEWEST) + 1 :]:
        before = loader.project_state(("content", name), at_end=False)
        yield name, before, loader.disk_migrations["content", name].operations


def breaks(before: ProjectState, operations: list[Operation], released: set[str]) -> Iterator[str]:
    """What a program of the release would trip over; tables that came after it are free."""
    state = before.clone()
    for operation in operations:
        model = getattr(operation, "model_name", None) or getattr(operation, "old_name", None)
        model = model or getattr(operation, "name", "")
        if isinstance(operation, migrations.RunSQL) or str(model).lower() in released:
            old = _field(state, operation)
            if not _is_kind(operation, old):
                yield f"{type(operation).__name__} {_what(operation)}"
        operation.state_forwards("content", state)


def _field(state: ProjectState, operation: Operation) -> Field | None:
    if not isinstance(operation, migrations.AlterField):
        return None
    return state.models["content", operation.model_name_lower].fields[operation.name]


def _is_kind(operation: Operation, old: Field | None) -> bool:
    if isinstance(operation, TAKES_AWAY):
        return False
    if isinstance(operation, migrations.AddField):
        return _fills_itself(operation.field)
    if isinstance(operation, migrations.AlterField) and old is not None:
        return _still_fits(old, operation.field)
    return True


def _fills_itself(field: Field) -> bool:
    """Whether a row may be added without it."""
    return field.many_to_many or field.null or field.db_default is not NOT_PROVIDED


def _still_fits(old: Field, new: Field) -> bool:
    same = old.get_internal_type() == new.get_internal_type()
    as_long = (new.max_length or 0) >= (old.max_length or 0)
    as_free = (new.null or not old.null) and (old.unique or not new.unique)
    return same and as_long and as_free and _fills_itself(new) >= _fills_itself(old)


def _what(operation: Operation) -> str:
    if isinstance(operation, migrations.AddConstraint):
        return str(operation.constraint.name)
    names = (getattr(operation, name, "") for name in ("model_name", "name"))
    return ".".join(filter(None, names))


def released_models() -> set[str]:
    state = MigrationLoader(None).project_state(("content", NEWEST))
    return {name for app, name in state.models if app == "content"}


def test_no_migration_breaks_the_version_before():
    released = released_models()
    found = {
        f"{name}: {what}"
        for name, before, operations in since_the_release()
        for what in breaks(before, operations, released)
    }
    assert found == set(REASONS)


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ('RemoveField("user", "mail")', False),
        ('RenameField("user", "mail", "post")', False),
        ('DeleteModel("Comment")', False),
        ('RenameModel("Comment", "Remark")', False),
        ('AddField("user", "x", models.CharField(max_length=9, default="a"))', False),
        (
            'AddField("user", "x", models.CharField(max_length=9, default="a", db_default="a"))',
            True,
        ),
        ('AddField("user", "x", models.DateField(null=True))', True),
        ('AlterField("source", "review_by", models.DateField(default="2030-01-01"))', False),
        ('AlterField("user", "mail", models.CharField(max_length=2))', False),
        ('AlterField("user", "mail", models.CharField(max_length=80))', True),
        ('AlterField("user", "mail", models.TextField())', False),
        ('RunSQL("DROP TABLE content_user")', False),
    ],
)
def test_the_rule_sees_what_breaks(operation, kind):
    from django.db import models

    made = eval(f"migrations.{operation}", {"migrations": migrations, "models": models})
    before = MigrationLoader(None).project_state(("content", NEWEST))
    assert (not list(breaks(before, [made], released_models()))) is kind
