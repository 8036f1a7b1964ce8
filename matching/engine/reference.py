"""The sizes and tables that facts point into: skills and their groups, regions, miles, words."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Booleans = npt.NDArray[np.bool_]
Miles = npt.NDArray[np.uint16]

EARTH_RADIUS_MILES = 3_958.8


@dataclass(frozen=True, slots=True)
class Reference:
    """What skills, places, professions and words exist, by position."""

    skill_groups: tuple[int, ...] = ()
    groups: int = 0
    professions: int = 0
    words: int = 0
    neighbours: Booleans = field(default_factory=lambda: np.zeros((0, 0), dtype=np.bool_))
    miles: Miles = field(default_factory=lambda: np.zeros((0, 0), dtype=np.uint16))

    @property
    def skills(self) -> int:
        """Count the skills."""
        return len(self.skill_groups)

    @property
    def regions(self) -> int:
        """Count the regions."""
        return len(self.neighbours)


def neighbour_table(regions: int, pairs: list[tuple[int, int]]) -> Booleans:
    """Tell which regions lie side by side; a pair given one way counts both ways."""
    table = np.zeros((regions, regions), dtype=np.bool_)
    for first, second in pairs:
        table[first, second] = table[second, first] = True
    np.fill_diagonal(table, val=False)
    return table


def mile_table(latitudes: list[float], longitudes: list[float]) -> Miles:
    """Give the whole miles in a straight line between every two towns."""
    north, east = np.radians(latitudes), np.radians(longitudes)
    rise = np.sin((north[:, None] - north[None, :]) / 2) ** 2
    turn = np.sin((east[:, None] - east[None, :]) / 2) ** 2
    angle = rise + np.cos(north)[:, None] * np.cos(north)[None, :] * turn
    miles = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.clip(angle, 0, 1)))
    whole: Miles = np.rint(miles).astype(np.uint16)
    return whole
