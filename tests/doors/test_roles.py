"""Every address for every kind of person, in one table: a new address without a row fails.

The table (`tests/data/doors/roles.tsv`) says what a GET answers: ``+`` the page, ``>`` the way to
sign in, ``-`` not allowed (403), ``0`` no such thing for this
person (404), ``!`` a deed, no page (405), ``~`` led elsewhere, ``.`` not asked. A POST without the form's fields changes no row, whoever sends it.
"""

import csv
import os
from pathlib import Path

import pytest

from tests.doors.house import PEOPLE, addresses, client_of, digest, filled, furnish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TABLE = Path(__file__).parent.parent / "data" / "doors" / "roles.tsv"


def letter(response) -> str:
    if response.status_code in (301, 302):
        return ">" if "/account/login/" in response["Location"] else "~"
    if response.status_code == 405:
        return "!"
    return {403: "-", 404: "0", 500: "X"}.get(response.status_code, "+")


@pytest.fixture
def house(translation, source, ellen, carlos, teresa, ada) -> dict[str, object]:
    return furnish(translation, source, ellen, teresa)


def test_every_address_answers_each_kind_of_person_as_the_table_says(house, fonts):
    found = dict.fromkeys(addresses(), "")
    for who in PEOPLE:
        client = client_of(who)
        for route in found:
            if "logout" in route:
                found[route] += "."
                continue
            found[route] += letter(client.get(filled(route, house)))
    if target := os.environ.get("WRITE_ROLES"):
        Path(target).write_text("".join(f"{a}\t{b}\n" for a, b in found.items()))
    with TABLE.open(newline="") as file:
        wanted = dict(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found == wanted


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("anonymous", set()),
        ("deactivated", set()),
        # Their own favourites, language of the desk and first steps are theirs to change.
        ("expired", {"content.User", "content.Favourite"}),
        ("elsewhere", {"content.User", "content.Favourite"}),
    ],
)
def test_a_bare_post_changes_nothing(house, who, own):
    client = client_of(who)
    before = digest()
    for route in addresses():
        if "logout" not in route:
            answer = client.post(filled(route, house))
            assert answer.status_code < 500, route
    after = digest()
    assert {label for label in before if before[label] != after[label]} <= own
