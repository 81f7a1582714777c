# Production image: the hashed lock, static files collected and compressed, no root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY manage.py gunicorn.conf.py ./
COPY accounts accounts
COPY anatomy anatomy
COPY assessments assessments
COPY exercises exercises
COPY hipfeet hipfeet
COPY templates templates
COPY static static
# The key serves this one command and does not stay in the image.
# With the admin's files, whether it is switched on or not.
RUN ADMIN_PATH=admin SECRET_KEY=only-to-collect-static-files-at-build-time-not-kept-anywhere \
    /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.11-slim-bookworm
# What `manage.py backup` and `restore` run; Debian's own pg_dump fits the database of compose.yaml.
RUN apt-get update && apt-get install --yes --no-install-recommends age postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --no-create-home hipfeet
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER hipfeet
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
# gunicorn.conf.py says what the log holds.
CMD ["gunicorn", "hipfeet.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--access-logfile", "-", "--no-control-socket"]
