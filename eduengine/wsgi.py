import gc
import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")
if settings.OTLP_ENDPOINT:
    # Before the application takes its middleware from the settings. Where it is off, it is not there.
    django.setup()
    from content.operation import tracing

    tracing.start("web")
application = get_wsgi_application()
# gunicorn, unlike manage.py, runs no checks: a portal without its fonts must not start (rule 9).
call_command("check", "--tag", "fonts", "--tag", "engines")

# After the applications are loaded, not before: these are services.
from content.services.editing import warm_up  # noqa: E402

warm_up()


def settle() -> None:
    """What is loaded stays: collections pass it by, and come less often than by Python's default.

    A page of 200 sentences makes 300,000 objects and no cycles to speak of; going through all that
    Django and the engines loaded, again and again, was half of its time (`make bench`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


settle()
