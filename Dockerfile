FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings GOLIVE_DEMO=0 GOLIVE_DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /app golive && install -d -o golive /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Collecting needs settings that load, not secrets: nothing is signed and nothing connected to.
RUN python -m compileall -q . \
    && DATABASE_URL=postgres://build/none REDIS_URL=redis://none SECRET_KEY=only-to-collect-static-files \
       python manage.py collectstatic --noinput --skip-checks
USER golive
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['PUBLIC_URL'].split('/')[2]}), timeout=4)"]
ENV GOLIVE_BIND=0.0.0.0:8000
CMD ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
