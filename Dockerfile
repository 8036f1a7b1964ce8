# The image that web, worker and beat share; docker-compose.yml shows how each is started.

FROM node:22-slim AS styles
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --silent --omit=dev
COPY static static
RUN mkdir -p static/build \
    && node_modules/.bin/sass --load-path=node_modules --style=compressed --no-source-map \
       --quiet-deps static/scss/app.scss static/build/app.css \
    && sed '/^\/\/# sourceMappingURL=/d' \
       node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js \
       > static/build/govuk-frontend.min.js

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
RUN useradd --system --no-create-home --uid 10001 stemfutures
WORKDIR /app
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock
COPY . .
COPY --from=styles /build/static/build static/build
# Values of the build only: collecting files needs settings that load, and nothing else of them
RUN DEBUG=0 DEMO=0 SECRET_KEY=only-while-building ALLOWED_HOSTS=build SITE_URL=https://build \
    DATABASE_URL=postgres://build@build/build EMAIL_URL=dummymail:// \
    python manage.py collectstatic --noinput --verbosity 0
USER stemfutures
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health', headers={'Host': os.environ.get('ALLOWED_HOSTS', 'localhost').split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "stemfutures.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "30", "--graceful-timeout", "20", "--max-requests", "2000", "--max-requests-jitter", "200", "--no-control-socket"]
