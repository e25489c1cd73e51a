"""The page of queues looks again by itself, and leaves whoever is in it alone."""

import re

import pytest
from playwright.sync_api import expect

from content.models import JobState, Request

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_looks_again_by_itself_and_keeps_the_focus(ada, ellen, open_as):
    Request.objects.create(topic="x", requested_by=ellen, job_state=JobState.FAILED, error="No.")
    page = open_as("ada", "/desk/queues/")
    button = page.get_by_role("button", name=re.compile("Try again ?: Requests"))
    button.focus()
    page.evaluate("document.activeElement.dataset.here = '1'")
    Request.objects.create(topic="x", requested_by=ellen)
    page.wait_for_timeout(6000)  # longer than it waits between two looks
    assert page.locator(".grid tbody tr:has-text('Requests') td").nth(1).inner_text() == "0"
    assert page.evaluate("document.activeElement.dataset.here") == "1"
    page.evaluate("document.activeElement.blur()")
    expect(page.locator(".grid tbody tr:has-text('Requests') td").nth(1)).to_have_text(
        "1", timeout=15_000
    )
    page.get_by_label("Yes, all of them: 1").check()
    page.get_by_role("button", name=re.compile("Try all again ?: Requests")).click()
    page.wait_for_selector("text=1 is in the queue again.")
    assert Request.objects.filter(job_state=JobState.WAITING).count() == 2


def test_it_works_without_scripts(ada, ellen, open_as):
    row = Request.objects.create(topic="x", requested_by=ellen, job_state=JobState.FAILED)
    page = open_as("ada", "/desk/queues/", java_script_enabled=False)
    page.get_by_role("button", name=re.compile(f"Try again ?: Requests {row.pk}")).click()
    page.wait_for_selector("text=It is in the queue again.")
    row.refresh_from_db()
    assert row.job_state == JobState.WAITING
