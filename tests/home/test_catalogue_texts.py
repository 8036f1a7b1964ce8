"""The words of the demo's catalogue: believable, varied, short and in the house style."""

import re
from collections import Counter
from random import Random

import pytest

from home.demo import catalogue
from home.demo.applying import write_bring_back, write_why
from home.demo.reading import content, in_text, kernels, reference

AVOIDED = re.compile(
    r"\b(utilis\w+|leverag\w+|stakeholders?|capabilit\w+|talents?|resources?|endorse\w*|"
    r"onboard\w*|reject\w*|deadlines?|please|sorry|valid|invalid|oops|etc|eg|ie|"
    r"cutting-edge|state-of-the-art|world-leading|world-class|passionate|seamless\w*|"
    r"robust|unlock\w*|empower\w*)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
OPPORTUNITIES = catalogue.opportunities()
PEOPLE = catalogue.people()
ORGANISATIONS = {one.slug: one for one in catalogue.organisations()}
SKILLS = {row["slug"] for row in reference("skills")}
DEPARTMENTS = {row["slug"] for row in reference("departments")}
GRADES = {row["code"] for row in reference("grades")}


def sentences(text):
    return [one for one in re.split(r"(?<=[.?!])\s+|\n", text.strip()) if one]


def words(text):
    return len(text.split())


def texts_of(one):
    return [
        one.title,
        one.summary,
        one.what_you_will_do,
        one.what_you_will_learn,
        one.who_it_suits,
        one.site_access,
    ]


def test_topics_are_many_and_whole():
    assert len(kernels()) >= 90
    assert len({kernel.slug for kernel in kernels()}) == len(kernels())
    for kernel in kernels():
        assert set(kernel.hosts) <= set(ORGANISATIONS)
        assert {*kernel.learn_skills, *kernel.need_skills} <= SKILLS
        assert set(kernel.titles) == {"shadowing", "placement", "mentoring", "exchange"}
        assert len(kernel.summaries) == 3
        assert len(kernel.activities) == 6
        assert len(kernel.lessons) == 3
    assert len({one.topic for one in OPPORTUNITIES}) >= 90


def test_titles_are_short_and_never_repeated():
    titles = [one.title for one in OPPORTUNITIES]
    assert len({title.lower() for title in titles}) == 320
    assert max(map(len, titles)) <= 80


def test_texts_have_the_promised_length():
    for one in OPPORTUNITIES:
        assert 1 <= len(sentences(one.summary)) <= 2
        assert len(one.summary) <= 400
        assert 3 <= len(sentences(one.what_you_will_do)) <= 5
        assert 2 <= len(sentences(one.what_you_will_learn)) <= 3
        assert 1 <= len(sentences(one.who_it_suits)) <= 2
        assert one.site_access
        assert one.supervisor


def test_sentences_are_short_enough_to_read_once():
    for one in OPPORTUNITIES:
        for text in texts_of(one):
            assert max(words(sentence) for sentence in sentences(text)) <= 25, text


def test_no_sentence_comes_back_often():
    summaries = Counter(line for one in OPPORTUNITIES for line in sentences(one.summary))
    others = Counter(
        line
        for one in OPPORTUNITIES
        for text in (one.what_you_will_do, one.what_you_will_learn)
        for line in sentences(text)
    )
    audience = Counter(line for one in OPPORTUNITIES for line in sentences(one.who_it_suits))
    assert max(summaries.values()) <= 10
    assert max(others.values()) <= 8
    assert max(audience.values()) <= 16
    assert len(summaries) >= 300
    assert sum(count == 1 for count in others.values()) / len(others) > 0.85


def test_no_two_opportunities_on_a_page_open_alike():
    """Forty cards in a row never share a sentence of their own topic."""
    own = {line for kernel in kernels() for line in kernel.summaries}
    for start in range(0, 320, 40):
        page = OPPORTUNITIES[start : start + 40]
        opening = Counter(line for one in page for line in sentences(one.summary) if line in own)
        assert max(opening.values()) <= 2
        assert sum(count > 1 for count in opening.values()) <= 2


def test_all_texts_keep_to_the_house_words():
    everything = [text for one in OPPORTUNITIES for text in texts_of(one)]
    everything += [person.development_plan for person in PEOPLE]
    everything += [text for one in ORGANISATIONS.values() for text in (one.summary, *one.lines)]
    for name in ("phrases", "answers"):
        everything += [text for texts in content(name).values() for text in texts]
    assert [text for text in everything if AVOIDED.search(text)] == []


def test_no_placeholder_is_left_in_a_text():
    assert [text for one in OPPORTUNITIES for text in texts_of(one) if "{" in text] == []
    assert [person for person in PEOPLE if "{" in person.development_plan] == []


# answers


def test_answers_are_many_and_differ():
    answers = catalogue.answers()
    assert len(set(answers.why)) >= 30
    assert len(set(answers.bring_back)) >= 30
    assert min(len(set(bank)) for bank in vars(answers).values()) >= 8


def test_answers_name_the_skill_and_stay_within_the_word_limit():
    random = Random(7)  # noqa: S311 - a repeatable choice of texts, nothing secret
    for one in OPPORTUNITIES:
        host = ORGANISATIONS[one.organisation].name
        for text in (write_why(one, host, random), write_bring_back(one, host, random)):
            assert "{" not in text
            assert not AVOIDED.search(text)
            assert words(text) <= 300
            assert all(sentence[0].isupper() for sentence in sentences(text))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Systems thinking", "systems thinking"),
        ("FPGA development", "FPGA development"),
        ("R programming", "R programming"),
        ("Earth observation", "Earth observation"),
        ("AI safety", "AI safety"),
    ],
)
def test_skill_names_keep_their_proper_capitals_in_a_sentence(name, written):
    assert in_text(name) == written


def test_a_short_placement_is_a_plain_list_of_work():
    for one in OPPORTUNITIES:
        if one.type == "placement" and one.length_days <= 40:
            assert all(line.startswith("- ") for line in one.what_you_will_do.split("\n"))


def test_stories_come_from_partners_and_say_what_changed():
    stories = catalogue.stories()
    assert len({story.slug for story in stories}) == len(stories) >= 8
    for story in stories:
        assert story.organisation in ORGANISATIONS
        assert story.grade in GRADES
        assert story.department in DEPARTMENTS
        assert story.type in {"shadowing", "placement", "mentoring", "exchange"}
        assert len(story.title) <= 80
        assert 90 <= words(story.text) <= 300
        assert max(words(line) for line in sentences(story.text)) <= 25
        assert not AVOIDED.search(f"{story.title} {story.text} {story.question}")
        assert story.question.endswith("?")
