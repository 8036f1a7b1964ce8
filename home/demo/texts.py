"""Put a topic's own words into the sentences of an opportunity."""

import re
from random import Random

from home.demo.reading import Kernel, phrases
from home.demo.shapes import DemoOrganisation

WORDS_IN_A_SENTENCE = 25
ABOUT_THE_PLACE = 0.35
ABOUT_THE_OFFER = 0.65
AS_A_LIST = 0.45
WITH_A_HINT = 0.45
ABOUT_YOU = re.compile(r"\b(you|your)\b")
MORE = {
    "shadowing": "shadow_summary",
    "placement": "place_summary",
    "mentoring": "mentor_summary",
    "exchange": "exchange_summary",
}


class Deck:
    """Cards dealt in a shuffled order, each once before any comes again."""

    def __init__(self, random: Random, cards: list[str]) -> None:
        self.random = random
        self.cards = cards
        self.left: list[str] = []

    def draw(self) -> str:
        """Give the next card."""
        if not self.left:
            self.left = self.random.sample(self.cards, len(self.cards))
        return self.left.pop()


class Writer:
    """Writes the texts of opportunities so that few sentences come twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.decks = {name: Deck(random, cards) for name, cards in phrases().items()}
        self.topics: dict[tuple[str, str], Deck] = {}

    def own(self, key: str, part: str, cards: tuple[str, ...]) -> str:
        """Give the next of the sentences that belong to one topic or partner."""
        return self.topics.setdefault((key, part), Deck(self.random, list(cards))).draw()

    def filled(self, name: str, words: str) -> str:
        """Put words into a sentence of the bank, one that stays short enough."""
        for _ in phrases()[name]:
            sentence = self.decks[name].draw()
            if len(sentence.split()) - 1 + len(words.split()) <= WORDS_IN_A_SENTENCE:
                break
        return sentence.format(a=words, l=words, u=words)

    def summary(
        self, kernel: Kernel, organisation: DemoOrganisation, kind: str, direction: str
    ) -> str:
        """Write one or two sentences that say what is done here."""
        sentences = [self.own(kernel.slug, "summary", kernel.summaries)]
        chance = self.random.random()
        if direction == "inward":
            long = kind in {"placement", "exchange"}
            sentences.append(self.decks["inward_summary" if long else "inward_visit"].draw())
        elif chance < ABOUT_THE_PLACE:
            sentences.append(self.own(organisation.slug, "line", organisation.lines))
        elif chance < ABOUT_THE_OFFER:
            sentences.append(self.decks[MORE[kind]].draw())
        return " ".join(sentences)

    def doing(self, kind: str, activities: list[str], *, at_length: bool) -> str:
        """Say what a person will do, in the way that suits the type."""
        if kind == "shadowing":
            return "\n".join(self.watching(activity) for activity in self.some(activities, 3))
        if kind == "mentoring":
            talks = [self.talking(activity) for activity in self.some(activities, 3)]
            return "\n".join([*talks, self.decks["between"].draw()])
        if not at_length or self.random.random() < AS_A_LIST:
            return "\n".join(
                f"- {one[0].upper()}{one[1:]}"
                for one in self.some(activities, self.random.choice((4, 5)))
            )
        parts = ("early", "middle", "middle", "late")
        return " ".join(
            self.filled(part, activity)
            for part, activity in zip(parts, self.some(activities, 4), strict=True)
        )

    def some(self, activities: list[str], count: int) -> list[str]:
        """Choose some of the activities and keep their order."""
        return sorted(self.random.sample(activities, count), key=activities.index)

    def watching(self, activity: str) -> str:
        """Turn an activity into something to watch, or to try if it speaks of you."""
        return self.filled("try" if ABOUT_YOU.search(activity) else "watch", activity)

    def talking(self, activity: str) -> str:
        """Turn an activity into something to talk about."""
        if ABOUT_YOU.search(activity):
            return f"Talk through how to {activity}."
        return self.filled("talk", activity)

    def learning(self, kernel: Kernel, count: int) -> str:
        """Say what a person will learn."""
        lessons = self.random.sample(kernel.lessons, count)
        return " ".join(self.filled("learn", lesson) for lesson in lessons)

    def suiting(self, kernel: Kernel, direction: str) -> str:
        """Say whom it suits."""
        if direction == "inward":
            return self.decks["inward"].draw()
        sentence = self.filled("suits", kernel.suits)
        if self.random.random() < WITH_A_HINT:
            return f"{sentence} {self.decks['suits_more'].draw()}"
        return sentence
