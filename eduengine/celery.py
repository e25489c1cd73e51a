"""The Celery application: `celery -A eduengine worker -Q llm,mt,render`."""

import os
from typing import Any

from celery import Celery
from celery.exceptions import WorkerShutdown
from celery.signals import worker_init
from django.core.management import call_command
from django.core.management.base import SystemCheckError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")

app = Celery("eduengine")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def check_configuration(**kwargs: Any) -> None:
    """A worker without its fonts or engines must not take work (rule 9)."""
    try:
        call_command("check", "--tag", "fonts", "--tag", "engines")
    except SystemCheckError as error:
        raise WorkerShutdown(str(error)) from error
