"""Addresses of what the service wrote to people."""

from django.urls import path

from notifications.views import messages

urlpatterns = [
    path("notifications", messages.notification_list, name="notification-list"),
    path("notifications/<uuid:uid>", messages.notification_detail, name="notification-detail"),
]
