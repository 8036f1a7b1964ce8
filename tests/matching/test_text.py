"""Words as small whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from matching.live.text import phrases_in, text_vector, vocabulary, words_of
from tests.matching.engine.instances import fairly

TEXT = st.lists(
    st.sampled_from(["laser", "optic", "sensor", "model", "climate", "data"]), max_size=12
)


def test_common_words_are_left_out_and_plurals_are_one_with_their_singular():
    assert words_of("You will learn about sensors, lasers and a sensor") == [
        "sensor",
        "laser",
        "sensor",
    ]


@fairly
@given(st.lists(TEXT, min_size=1, max_size=8), TEXT)
def test_a_vector_is_never_longer_than_31(texts, text):
    vector = text_vector(text, vocabulary(texts))

    assert sum(value * value for value in vector.values()) <= 31 * 31
    assert all(0 < value <= 31 for value in vector.values())


def test_a_word_of_one_text_or_of_nearly_all_tells_nothing():
    texts = [["laser", "model"], ["laser", "model"], ["laser", "climate"]] + [["laser"]] * 3

    assert set(vocabulary(texts)) == {"model"}


def test_phrases_are_found_as_whole_words_only():
    phrases = [(" data science ", 0), (" art ", 1)]

    assert phrases_in("I want Data-Science, to start", phrases) == {0}
