import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")
application = get_wsgi_application()
# gunicorn, unlike manage.py, runs no checks: a portal without its fonts must not start (rule 9).
call_command("check", "--tag", "fonts", "--tag", "engines")

# After the applications are loaded, not before: these are services.
from content.services.editing import warm_up  # noqa: E402

warm_up()
