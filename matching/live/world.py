"""The reference data as the engine counts it, and the names to tell people."""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

from matching.engine.reference import Reference, mile_table, neighbour_table
from matching.live.text import PhrasesByWord, by_first_word, flattened
from people.models import Profession, Region, Skill, SkillGroup, SkillSynonym, Town


@dataclass(frozen=True)
class World:
    """Skills, places, professions and words, by position; kept in a snapshot's manifest."""

    groups: list[tuple[int, str]]
    skills: list[tuple[int, int, str]]
    phrases: list[tuple[str, int]]
    professions: list[tuple[int, str]]
    regions: list[tuple[int, str]]
    neighbours: list[tuple[int, int]]
    towns: list[tuple[int, int, str, float, float]]
    words: dict[str, float]

    @classmethod
    def now(cls) -> Self:
        """Read the reference data, without words."""
        groups = list(SkillGroup.objects.order_by("pk").values_list("pk", "name"))
        group_at = {pk: place for place, (pk, _name) in enumerate(groups)}
        skills = [
            (pk, group_at[group], name)
            for pk, group, name in Skill.objects.order_by("pk").values_list(
                "pk", "group_id", "name"
            )
        ]
        skill_at = {pk: place for place, (pk, *_rest) in enumerate(skills)}
        synonyms = SkillSynonym.objects.order_by("pk").values_list("name", "skill_id")
        regions = list(Region.objects.order_by("pk").values_list("pk", "name"))
        region_at = {pk: place for place, (pk, _name) in enumerate(regions)}
        pairs = Region.neighbours.through.objects.order_by("pk").values_list(
            "from_region_id", "to_region_id"
        )
        towns = Town.objects.order_by("pk").values_list(
            "pk", "region_id", "name", "latitude", "longitude"
        )
        return cls(
            groups=groups,
            skills=skills,
            phrases=[
                *((flattened(name), place) for place, (_pk, _group, name) in enumerate(skills)),
                *((flattened(name), skill_at[skill]) for name, skill in synonyms),
            ],
            professions=list(Profession.objects.order_by("pk").values_list("pk", "name")),
            regions=regions,
            neighbours=[(region_at[one], region_at[other]) for one, other in pairs],
            towns=[
                (pk, region_at[region], name, north, east)
                for pk, region, name, north, east in towns
            ],
            words={},
        )

    @classmethod
    def from_manifest(cls, manifest: dict[str, Any]) -> Self:
        """Read the reference data of a snapshot."""
        return cls(**{**manifest, "words": dict(manifest["words"])})

    @property
    def manifest(self) -> dict[str, Any]:
        """Write it down as JSON can hold it; pairs, because objects lose their order there."""
        return {**asdict(self), "words": list(self.words.items())}

    @cached_property
    def reference(self) -> Reference:
        """Give the engine its numbers."""
        return Reference(
            skill_groups=tuple(group for _pk, group, _name in self.skills),
            groups=len(self.groups),
            professions=len(self.professions),
            words=len(self.words),
            neighbours=neighbour_table(len(self.regions), self.neighbours),
            miles=mile_table([town[3] for town in self.towns], [town[4] for town in self.towns]),
        )

    @cached_property
    def skill_at(self) -> dict[int, int]:
        """Find a skill's position by its key."""
        return {row[0]: place for place, row in enumerate(self.skills)}

    @cached_property
    def profession_at(self) -> dict[int, int]:
        """Find a profession's position by its key."""
        return {row[0]: place for place, row in enumerate(self.professions)}

    @cached_property
    def town_at(self) -> dict[int, int]:
        """Find a town's position by its key."""
        return {row[0]: place for place, row in enumerate(self.towns)}

    @cached_property
    def word_at(self) -> dict[str, int]:
        """Find a word's position."""
        return {word: place for place, word in enumerate(self.words)}

    @cached_property
    def phrases_by_word(self) -> PhrasesByWord:
        """List the skills' names as texts hold them, by their first word."""
        return by_first_word(self.phrases)

    @cached_property
    def profession_phrases(self) -> list[tuple[str, int]]:
        """List the professions' names as texts hold them."""
        return [(flattened(name), place) for place, (_pk, name) in enumerate(self.professions)]

    def skill_name(self, place: int) -> str:
        """Name a skill."""
        return self.skills[place][2]
