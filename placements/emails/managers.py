"""Mails between an applicant and their line manager, and those that chase an answer."""

from notifications.actions import queue_email
from people.models import User
from placements.emails.letters import FOLDER, letter
from placements.models import Application, ManagerRequest


def manager_asked(request: ManagerRequest) -> None:
    """Ask the line manager to decide, by a link that needs no account."""
    letter("manager_asked", request.application, request.manager, manager_request=request)


def new_link(request: ManagerRequest) -> None:
    """Send a fresh link to the address that had the old one."""
    queue_email(
        f"{FOLDER}/new_link",
        to=request.manager,
        application=request.application,
        manager_request=request,
    )


def decision_code(request: ManagerRequest, code: str) -> None:
    """Send the code that confirms a decision with high stakes."""
    queue_email(
        f"{FOLDER}/decision_code",
        to=request.manager,
        secret={"code": code},
        application=request.application,
    )


def manager_receipt(request: ManagerRequest) -> None:
    """Give the line manager a record of what they decided."""
    letter("manager_receipt", request.application, request.manager, manager_request=request)


def manager_replied(request: ManagerRequest) -> None:
    """Tell the applicant that there is an answer; what it is stands inside."""
    application = request.application
    letter("manager_replied", application, application.applicant, manager_request=request)


def manager_redirected(request: ManagerRequest) -> None:
    """Tell the applicant that somebody else is asked now."""
    application = request.application
    letter("manager_redirected", application, application.applicant, manager_request=request)


def manager_not_needed(request: ManagerRequest) -> None:
    """Tell a line manager that somebody else is asked instead."""
    letter("manager_not_needed", request.application, request.manager)


def support_taken_back(request: ManagerRequest) -> None:
    """Tell the applicant that their line manager changed their mind."""
    application = request.application
    letter("support_taken_back", application, application.applicant, manager_request=request)


def support_taken_back_to_manager(request: ManagerRequest) -> None:
    """Give the line manager a record of their change of mind."""
    letter("support_taken_back_to_manager", request.application, request.manager)


def support_taken_back_to_host(application: Application) -> None:
    """Tell the host's contact that the application is no longer with them."""
    letter("support_taken_back_to_host", application, application.opportunity.contact)


def manager_reminder(request: ManagerRequest, key: str) -> None:
    """Remind the line manager that somebody waits."""
    _chase("manager_reminder", request, request.manager, key)


def manager_silent(request: ManagerRequest, key: str) -> None:
    """Tell the applicant that there is no answer yet, and what they can do."""
    _chase("manager_silent", request, request.application.applicant, key)


def second_line(request: ManagerRequest, key: str) -> None:
    """Tell the applicant that somebody above their line manager can answer instead."""
    _chase("second_line", request, request.application.applicant, key)


def department_steps_in(request: ManagerRequest, admin: User, key: str) -> None:
    """Ask a department's admin to find somebody who can answer."""
    _chase("department_steps_in", request, admin, f"{key}:{admin.pk}")


def _chase(name: str, request: ManagerRequest, to: User, key: str) -> None:
    queue_email(
        f"{FOLDER}/{name}",
        to=to,
        dedupe_key=key,
        application=request.application,
        manager_request=request,
    )
