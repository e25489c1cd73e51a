"""What a publication needs that an older version did not give it."""

import pytest

from content.models import Publication, SearchEntry
from content.services import publishing
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_an_older_version_froze_is_put_on_its_shelf_and_found(approved):
    made = builders.make_public(approved.publications.get())
    shelf = made.area
    SearchEntry.objects.filter(publication=made).delete()
    Publication.objects.filter(pk=made.pk).update(area="")
    assert publishing.index_missed() == 1
    made.refresh_from_db()
    assert made.area == shelf
    assert Publication.objects.public().matching("metformin", "en").get() == made
    assert publishing.index_missed() == 0
