"""The composition root: settings, addresses, server and worker entry points."""

from stemfutures.celery import app as celery_app

__all__ = ["celery_app"]
