"""Files in an S3-compatible store: moto's server, spoken to over HTTP by the product's own client."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from content.models import JobState, Publication, RenderedFile, Variant
from content.services import keeping, printing, serving, workflow
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    server = ThreadedMotoServer(port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def store(server, settings):
    """The settings as `EDUENGINE_S3_…` make them."""
    host, port = server.get_host_and_port()
    options = {"bucket_name": "handouts", "endpoint_url": f"http://{host}:{port}",
               "region_name": "us-east-1", "access_key": "k", "secret_key": "s"}  # fmt: skip
    boto3.client(
        "s3", endpoint_url=options["endpoint_url"], region_name="us-east-1", aws_access_key_id="k",
        aws_secret_access_key="s",
    ).create_bucket(Bucket="handouts")  # fmt: skip
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "eduengine.storage.ObjectStore", "OPTIONS": options}
    }


@pytest.fixture
def english(store, approved) -> Publication:
    return builders.make_public(approved.publications.get())


def test_a_form_is_printed_into_the_store_and_sent_from_it(english, client, fonts):
    file = serving.printed(english, Variant("a4"))
    workflow.run(RenderedFile, file.pk, printing.make)
    file.refresh_from_db()
    assert (file.job_state, file.error) == (JobState.DONE, "")
    address = f"/en/{english.handout.slug}/handout-a4.pdf"
    whole = client.get(address)
    assert whole.status_code == 200 and whole.getvalue().startswith(b"%PDF-1.7")
    part = client.get(address, headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.getvalue()) == (206, b"%PDF-1.7")
    assert client.get(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get("/readyz").json()["parts"]["storage"]["ok"]


def test_what_is_not_in_the_store_is_not_found(store):
    assert not default_storage.exists("pdf/none.pdf")
    with pytest.raises(FileNotFoundError):
        default_storage.open("pdf/none.pdf")


def test_a_store_that_is_away_is_waited_for_like_a_disk(store, server):
    server.stop()
    with pytest.raises(OSError, match="object store"):
        default_storage.save("pdf/a.pdf", ContentFile(b"a"))
    server.start()


@pytest.mark.django_db(transaction=True)  # PostgreSQL sets the isolation of a transaction first
def test_a_backup_takes_files_out_of_the_store_and_puts_them_back(english, tmp_path):
    name = english.files.filter(job_state="done").first().name
    kept = keeping.backup(tmp_path / "all.zip", lambda *_told: None)
    assert kept.files
    default_storage.delete(name)
    keeping.restore(tmp_path / "all.zip", replace=True, progress=lambda *_told: None)
    assert default_storage.exists(name)
