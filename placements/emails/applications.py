"""Mails about an application on its way to the host, and about its withdrawal."""

from people.models import User
from placements.emails.letters import letter
from placements.models import Application


def sent_to_manager(application: Application) -> None:
    """Tell the applicant who has it now, until when, and what to do if nothing happens."""
    letter("sent_to_manager", application, application.applicant, dates_of=application)


def sent_to_host(application: Application) -> None:
    """Tell the applicant that the host has it, where nobody had to support it first."""
    letter("sent_to_host", application, application.applicant, dates_of=application)


def manager_told(application: Application) -> None:
    """Tell the line manager about an application that needs no support from them."""
    letter("manager_told", application, application.manager)


def new_for_host(application: Application) -> None:
    """Tell the host's contact that there is somebody new."""
    letter("new_for_host", application, application.opportunity.contact)


def withdrawn(application: Application) -> None:
    """Give the applicant a receipt of their withdrawal."""
    letter("withdrawn", application, application.applicant)


def withdrawn_to_manager(application: Application) -> None:
    """Tell the line manager that nothing is asked of them any more."""
    letter("withdrawn_to_manager", application, application.manager)


def withdrawn_to_host(application: Application) -> None:
    """Tell the host's contact that somebody stepped back."""
    letter("withdrawn_to_host", application, application.opportunity.contact)


def withdrawn_to_department(application: Application, approver: User) -> None:
    """Tell a department's admin that there is nothing to approve any more."""
    letter("withdrawn_to_department", application, approver)


def department_answered(application: Application, approver: User) -> None:
    """Tell a department's admin that the applicant answered their question."""
    letter("department_answered", application, approver)
