"""A visitor sees the first page, and somebody signs in with the code from their letter."""


def test_the_first_page_is_there(person):
    visitor = person().open("/")
    assert visitor.heading()
    assert visitor.page.evaluate("document.body.className").count("js-enabled")


def test_a_code_from_a_letter_signs_somebody_in(person, service):
    ((email,),) = service.rows(
        "SELECT email FROM people_user JOIN placements_application application"
        " ON application.applicant_id = people_user.id ORDER BY email LIMIT 1"
    )
    someone = person()
    someone.sign_in(email)
    assert someone.path == "/home"
