# One image for every process: web, workers, beat, the local writer. Fonts and models live in a
# volume (EDUENGINE_CACHE), filled by the `setup` service of docker-compose.yml.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libgomp1 poppler-utils gettext curl \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 EDUENGINE_CACHE=/cache EDUENGINE_VAR=/var/eduengine
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN EDUENGINE_SECRET_KEY=build python manage.py compilemessages \
    && EDUENGINE_SECRET_KEY=build python manage.py collectstatic --noinput \
    && useradd --system --create-home eduengine \
    && mkdir -p /cache /var/eduengine/media \
    && chown -R eduengine /cache /var/eduengine
USER eduengine
CMD ["gunicorn", "eduengine.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "8"]
