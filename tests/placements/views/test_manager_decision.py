"""A line manager decides by a link: looking changes nothing, pressing decides once."""

import datetime as dt

import pytest
from django.apps import apps
from django.utils import timezone

from notifications.models import Message
from placements.actions import applications, managers
from placements.choices import ApplicationStatus, ManagerDecision
from placements.models import Application, ManagerRequest
from tests.client import CheckedClient
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

PAGES = (
    "",
    "/decision",
    "/cover",
    "/changes",
    "/question",
    "/reasons",
    "/change",
    "/code",
    "/check",
    "/done",
    "/not-manager",
    "/expired",
)


@pytest.fixture
def application():
    """Give an application with little at stake: no code is asked for."""
    return ApplicationFactory(
        status=ApplicationStatus.WITH_MANAGER,
        opportunity__shadowing=True,
        applicant__name="Sam Okafor",
    )


@pytest.fixture
def weighty():
    return ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)


def link(application):
    return application.manager_requests.first().get_absolute_url()


def contents():
    """Give every row of every table."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list()))
        for model in apps.get_models()
    }


def answer(client, base, decision, page, **answers):
    assert client.post(f"{base}/decision", {"decision": decision}).url == f"{base}/{page}"
    return client.post(f"{base}/{page}", answers)


def code_for(application):
    return Message.objects.filter(template__endswith="decision_code").first().secret["code"]


@pytest.mark.parametrize("page", ["", "/done"])
def test_a_page_with_nothing_to_send_refuses_a_post(client, application, page):
    assert client.post(f"{link(application)}{page}").status_code == 405


def test_looking_changes_nothing_however_often(application):
    client = CheckedClient()
    before = contents()

    for page in PAGES * 2:
        response = client.get(f"{link(application)}{page}")
        assert response.status_code in {200, 302}
        client.head(f"{link(application)}{page}")

    assert contents() == before


@pytest.mark.parametrize("page", PAGES)
def test_the_link_is_kept_to_itself(application, page):
    response = CheckedClient().get(f"{link(application)}{page}")

    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("token", ["nothing", "nonce.signature", "a" * 300])
def test_a_link_we_did_not_sign_opens_nothing(application, token):
    assert CheckedClient().get(f"/manager-decision/{token}").status_code == 404


def test_a_changed_signature_opens_nothing(application):
    address = link(application)

    assert (
        CheckedClient().get(f"{address[:-1]}{'A' if address[-1] != 'A' else 'B'}").status_code
        == 404
    )


def test_the_first_page_says_what_it_is_about(application):
    page = CheckedClient().get(link(application)).content.decode()

    assert "Sam Okafor asks for your support" in page
    assert application.bring_back in page
    assert "Cost to your department" in page
    assert "You can change your mind until your department approves." in page


def test_adjustments_stay_between_applicant_and_host(application):
    Application.objects.update(adjustments="CANARY", adjustments_with_application=True)

    assert "CANARY" not in CheckedClient().get(link(application)).content.decode()


def test_yes(application):
    client, base = CheckedClient(), link(application)

    assert answer(client, base, "yes", "cover", cover="team").url == f"{base}/check"
    page = client.get(f"{base}/check").content.decode()
    assert "Your line manager supports your application." in page
    assert Application.objects.get().status == ApplicationStatus.WITH_MANAGER
    assert client.post(f"{base}/check").url == f"{base}/done"

    assert Application.objects.get().status == ApplicationStatus.SENT
    assert "You supported Sam Okafor’s application" in client.get(f"{base}/done").content.decode()
    assert "You have answered Sam Okafor" in client.get(base).content.decode()


@pytest.mark.parametrize(
    ("decision", "page", "answers", "read"),
    [
        ("changes", "changes", {"words": "Go in <May>."}, "Go in &lt;May&gt;."),
        ("question", "question", {"words": "Which weeks?"}, "Which weeks?"),
        (
            "no",
            "reasons",
            {"reasons": ["timing"], "possible_later": "After the audit."},
            "After the audit.",
        ),
    ],
)
def test_other_answers_are_previewed_word_for_word(application, decision, page, answers, read):
    client, base = CheckedClient(), link(application)

    answer(client, base, decision, page, **answers)
    assert read in client.get(f"{base}/check").content.decode()
    client.post(f"{base}/check")

    assert ManagerRequest.objects.get().decision == decision
    assert "Your answer has been sent" in client.get(f"{base}/done").content.decode()


def test_an_earliest_release_date_is_kept(application):
    client, base = CheckedClient(), link(application)
    day = dt.date(timezone.now().year + 1, 5, 4)
    parts = {"release_on_day": 4, "release_on_month": 5, "release_on_year": day.year}

    answer(client, base, "changes", "changes", words="Later.", **parts)
    assert "Earliest date they can release you" in client.get(f"{base}/check").content.decode()
    client.get(f"{base}/changes")
    client.post(f"{base}/check")

    assert ManagerRequest.objects.get().release_on == day


@pytest.mark.parametrize(
    ("page", "answers", "error"),
    [
        ("decision", {"decision": ""}, "Select whether you support Sam Okafor’s application"),
        ("cover", {"cover": ""}, "Select how Sam Okafor’s work will be covered"),
        ("changes", {"words": ""}, "Enter what needs to change"),
        (
            "changes",
            {
                "words": "x",
                "release_on_day": 1,
                "release_on_month": 1,
                "release_on_year": 2020,
            },
            "Release date must be in the future",
        ),
        ("question", {"words": ""}, "Enter what you need to know"),
        ("reasons", {"possible_later": "x"}, "Select at least one reason"),
        ("reasons", {"reasons": ["cost"]}, "Enter what would make this possible later"),
        ("not-manager", {"name": "A", "email": ""}, "Enter their line manager’s email address"),
        ("not-manager", {"name": "", "email": "a@b.gov.uk"}, "must end in a domain"),
    ],
)
def test_what_is_missing_is_said(application, page, answers, error):
    response = CheckedClient().post(f"{link(application)}/{page}", answers)

    assert response.status_code == 200
    assert error in response.content.decode()
    assert "<title>Error: " in response.content.decode()


def test_confirming_twice_lands_on_the_same_result(application):
    client, base = CheckedClient(), link(application)
    answer(client, base, "yes", "cover", cover="team")

    assert client.post(f"{base}/check").url == f"{base}/done"
    assert client.post(f"{base}/check").url == f"{base}/done"
    assert Message.objects.filter(template__endswith="manager_receipt").count() == 1


def test_nothing_is_decided_without_an_answer(application):
    base = link(application)

    assert CheckedClient().post(f"{base}/check").url == base
    assert Application.objects.get().status == ApplicationStatus.WITH_MANAGER


def test_answers_kept_for_one_request_do_not_answer_another(application, weighty):
    client = CheckedClient()
    answer(client, link(application), "yes", "cover", cover="team")

    client.post(f"{link(weighty)}/check")

    weighty.refresh_from_db()
    assert weighty.status == ApplicationStatus.WITH_MANAGER


def test_much_at_stake_asks_for_a_code(weighty):
    client, base = CheckedClient(), link(weighty)

    assert answer(client, base, "yes", "cover", cover="team").url == f"{base}/code"
    assert client.post(f"{base}/check").url == f"{base}/code"
    wrong = f"{(int(code_for(weighty)) + 1) % 10**6:06}"
    refused = client.post(f"{base}/code", {"code": wrong}).content.decode()
    assert "Code is not correct – check the latest email" in refused
    assert "Enter the 6-digit code" in client.post(f"{base}/code", {"code": ""}).content.decode()
    assert "Code must be 6 numbers" in client.post(f"{base}/code", {"code": "1"}).content.decode()
    assert client.post(f"{base}/code", {"code": code_for(weighty)}).url == f"{base}/check"
    client.post(f"{base}/check")

    assert Application.objects.get().status == ApplicationStatus.SENT


def test_a_new_code_can_be_asked_for(weighty):
    client, base = CheckedClient(), link(weighty)
    answer(client, base, "yes", "cover", cover="team")

    page = client.post(f"{base}/code", {"resend": "1"}).content.decode()
    assert "We have sent a new code" in page

    for _number in range(4):
        page = client.post(f"{base}/code", {"resend": "1"}).content.decode()
    assert "5 codes in the last hour" in page


def test_a_manager_who_signed_in_needs_no_code(weighty, as_user):
    client, base = as_user(weighty.manager), f"/manager/requests/{weighty.reference}"

    assert answer(client, base, "yes", "cover", cover="team").url == f"{base}/check"
    client.post(f"{base}/check")

    assert Application.objects.get().status == ApplicationStatus.SENT


def test_the_signed_in_pages_are_the_same_for_the_manager_and_nobody_else(weighty, as_user):
    address = f"/manager/requests/{weighty.reference}"

    assert CheckedClient().get(address).status_code == 302
    assert as_user(weighty.applicant).get(address).status_code == 404
    assert as_user(weighty.manager).get(address).status_code == 200


def test_not_their_manager(application):
    client, base = CheckedClient(), link(application)
    email = f"right@{application.department.slug}.gov.uk"

    response = client.post(f"{base}/not-manager", {"name": "Right Person", "email": email})

    assert response.url == f"{base}/done"
    assert "Thank you for telling us" in client.get(response.url).content.decode()
    assert Application.objects.get().manager.email == email


def test_not_their_manager_and_no_idea_who_is(application):
    client, base = CheckedClient(), link(application)

    client.post(f"{base}/not-manager", {"name": "", "email": "", "csrf": "x"})

    assert Application.objects.get().status == ApplicationStatus.MANAGER_CHANGES


def test_an_expired_link_mails_a_new_one_to_the_same_address_only(application):
    ManagerRequest.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    client, base = CheckedClient(), link(application)

    assert client.get(base).url == f"{base}/expired"
    assert "This link has expired" in client.get(f"{base}/expired").content.decode()
    page = client.post(f"{base}/expired", {"email": "thief@example.org"}).content.decode()

    assert "We have sent you a new link" in page
    assert Message.objects.get().recipient == application.manager
    assert "There is a newer link in your email" in client.get(base).content.decode()
    new = application.manager_requests.open().get().get_absolute_url()
    assert "asks for your support" in client.get(new).content.decode()


def test_a_withdrawn_request_says_so_on_every_page(application):
    applications.withdraw(application, by=application.applicant, reasons=["timing"])
    client, base = CheckedClient(), link(application)

    assert "Sam Okafor has withdrawn this request" in client.get(base).content.decode()
    for page in ("decision", "cover", "check", "done", "expired", "not-manager"):
        assert client.get(f"{base}/{page}").url == base


def test_a_request_passed_to_somebody_else_is_closed(application):
    managers.name_manager(
        application, by=application.applicant, name="Other", email="other@example.gov.uk"
    )
    old = application.manager_requests.last()

    page = CheckedClient().get(old.get_absolute_url()).content.decode()

    assert "This request is closed" in page


def test_a_yes_can_be_taken_back_until_the_department_approved(application):
    client, base = CheckedClient(), link(application)
    answer(client, base, "yes", "cover", cover="team")
    client.post(f"{base}/check")
    assert f"{base}/change" in client.get(base).content.decode()

    assert client.post(f"{base}/change", {"words": "A crisis."}).url == f"{base}/check"
    assert "A crisis." in client.get(f"{base}/check").content.decode()
    assert client.post(f"{base}/check").url == f"{base}/done"

    assert Application.objects.get().status == ApplicationStatus.NOT_SUPPORTED
    assert "You took back your support" in client.get(f"{base}/done").content.decode()
    assert client.post(f"{base}/check").url == f"{base}/done"


def test_after_approval_there_is_no_way_back(application):
    client, base = CheckedClient(), link(application)
    answer(client, base, "yes", "cover", cover="team")
    client.post(f"{base}/check")
    Application.objects.update(status=ApplicationStatus.SENT)
    ManagerRequest.objects.update(decision=ManagerDecision.NO)

    assert client.get(f"{base}/change").url == base


def test_withdrawn_while_the_check_page_is_open(application):
    client, base = CheckedClient(), link(application)
    answer(client, base, "yes", "cover", cover="team")
    applications.withdraw(application, by=application.applicant, reasons=["timing"])

    assert client.post(f"{base}/check").url == base
    assert Application.objects.get().status == ApplicationStatus.WITHDRAWN
