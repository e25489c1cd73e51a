"""The Celery application: `celery -A eduengine worker -Q llm,mt,render`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.exceptions import WorkerShutdown
from celery.signals import beat_init, setup_logging, task_prerun, worker_init
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")

app = Celery("eduengine")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_the_log(**kwargs: Any) -> None:
    """Workers and beat log as the settings say: Celery's own log tells what errors and tasks say."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def check_configuration(**kwargs: Any) -> None:
    """A worker without its fonts or engines must not take work (rule 9)."""
    try:
        call_command("check", "--tag", "fonts", "--tag", "engines")
    except SystemCheckError as error:
        raise WorkerShutdown(str(error)) from error


@worker_init.connect
@beat_init.connect
def trace(**kwargs: Any) -> None:
    """Spans of tasks, and of who sends them, where there is a collector (it follows its forks)."""
    if settings.OTLP_ENDPOINT:
        from content.operation import tracing  # not there where it is off

        tracing.start("worker")


@task_prerun.connect
def name_work(task: Any = None, args: tuple[Any, ...] = (), **kwargs: Any) -> None:
    """Lines of the log name the task and its row."""
    from content.operation.requests import work_on  # after the settings are read

    row = args[0] if args and isinstance(args[0], int) else "-"
    work_on(f"{task.name.rpartition('.')[2]}:{row}")
