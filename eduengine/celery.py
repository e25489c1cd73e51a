"""The Celery application: `celery -A eduengine worker -Q llm,mt,render`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")

app = Celery("eduengine")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
