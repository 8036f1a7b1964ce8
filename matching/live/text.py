"""Words as numbers: a vocabulary with weights, and texts as vectors of small whole numbers."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from matching.engine.points import WORD_SCALE

PhrasesByWord = dict[str, list[tuple[str, int]]]
WORD = re.compile(r"[a-z][a-z]{2,}")
MOST_WORDS = 4_096
LEAST_TEXTS = 2
MOST_SHARE = 0.4
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        about across after also and any are been being between both but can could day days did
        does each from gain get give good had has have help her here him his how into its learn
        learning like made make many may more most much must new not now off one only other our
        out over own part people per place see she should skill skills some such team than that
        the their them then there these they this those through time two under use used using
        very want was way week weeks well were what when where which while who will with work
        working would year you your
        """,
    )
)
SHORTEST_PLURAL = 5


def words_of(text: str) -> list[str]:
    """List the telling words of a text, plurals as one with their singular."""
    return [_singular(word) for word in WORD.findall(text.lower()) if word not in COMMON]


@lru_cache(maxsize=65_536)
def _singular(word: str) -> str:
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural and len(word) >= SHORTEST_PLURAL else word


def vocabulary(texts: Iterable[Iterable[str]]) -> dict[str, float]:
    """Weigh the words that tell texts apart: the rarer, the more."""
    total = 0
    seen: Counter[str] = Counter()
    for text in texts:
        total += 1
        seen.update(set(text))
    most = max(LEAST_TEXTS, MOST_SHARE * total)
    kept = sorted((-n, word) for word, n in seen.items() if LEAST_TEXTS <= n <= most)[:MOST_WORDS]
    return {word: math.log((1 + total) / (1 - minus)) + 1 for minus, word in kept}


def text_vector(words: Iterable[str], weights: Mapping[str, float]) -> dict[str, int]:
    """Give each word of a text a number from 1 to 31; all together have the length 31 at most."""
    raw = {word: n * weights[word] for word, n in Counter(words).items() if word in weights}
    length = math.sqrt(sum(value * value for value in raw.values()))
    whole = {word: int(WORD_SCALE * value / length) for word, value in raw.items()}
    return {word: value for word, value in whole.items() if value}


def phrases_in(text: str, phrases: Iterable[tuple[str, int]]) -> frozenset[int]:
    """Find which phrases a text names, by the numbers beside them."""
    flat = flattened(text)
    return frozenset(number for phrase, number in phrases if phrase in flat)


def by_first_word(phrases: Iterable[tuple[str, int]]) -> PhrasesByWord:
    """Sort phrases by their first word, so that a text is asked for few of them."""
    sorted_by: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for phrase, number in phrases:
        first, *_rest = [*phrase.split(), ""]
        sorted_by[first].append((phrase, number))
    return dict(sorted_by)


def phrases_found(text: str, phrases: PhrasesByWord) -> frozenset[int]:
    """Find what ``phrases_in`` finds, in phrases by their first word."""
    flat = flattened(text)
    asked = chain.from_iterable(phrases.get(word, ()) for word in {*flat.split(), ""})
    return frozenset(number for phrase, number in asked if phrase in flat)


def flattened(text: str) -> str:
    """Write a text in small letters with single spaces around every word."""
    return f" {' '.join(re.findall(r'[a-z0-9+#]+', text.lower()))} "
