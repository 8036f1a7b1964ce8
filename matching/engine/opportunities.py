"""Opportunities as arrays, in lottery order, with an inverted index of their features."""

import io
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt

MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def lottery_numbers(pks: npt.NDArray[np.int64], seed: int) -> npt.NDArray[np.uint64]:
    """Draw each opportunity's number: the same for the same seed, whatever else there is."""
    with np.errstate(over="ignore"):
        mixed = pks.astype(np.uint64) + np.uint64(MIX[0]) * np.uint64(seed + 1)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(MIX[1])
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(MIX[2])
        return mixed ^ (mixed >> np.uint64(31))


@dataclass(frozen=True, slots=True)
class Opportunities:
    """One column a field; ``starts``, ``rows``, ``values`` list who has each feature."""

    pk: npt.NDArray[np.int64]
    lottery: npt.NDArray[np.uint64]
    need: npt.NDArray[np.uint64]
    organisation: npt.NDArray[np.int32]
    department: npt.NDArray[np.int32]
    exclusive: npt.NDArray[np.bool_]
    start_week: npt.NDArray[np.int16]
    end_week: npt.NDArray[np.int16]
    hours: npt.NDArray[np.uint8]
    closing_day: npt.NDArray[np.int32]
    remote: npt.NDArray[np.uint8]
    town: npt.NDArray[np.int16]
    region: npt.NDArray[np.int8]
    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    values: npt.NDArray[np.int16]

    def __len__(self) -> int:
        """Count the opportunities."""
        return len(self.pk)

    def nothing(self) -> npt.NDArray[np.bool_]:
        """Give a mask that holds none of them."""
        return np.zeros(len(self), dtype=np.bool_)

    def only(self, rows: npt.NDArray[np.int64]) -> Self:
        """Give some opportunities' columns; the index of features stays that of all of them."""
        columns = {
            column.name: getattr(self, column.name)[rows]
            for column in fields(self)
            if column.name not in INDEX
        }
        return type(self)(**columns, **{name: getattr(self, name) for name in INDEX})

    def packed(self) -> bytes:
        """Write the arrays down."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer, **{column.name: getattr(self, column.name) for column in fields(self)}
        )
        return buffer.getvalue()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        """Read arrays that were written down; they cannot be changed."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            columns = {column.name: arrays[column.name] for column in fields(cls)}
        for array in columns.values():
            array.flags.writeable = False
        return cls(**columns)


INDEX = ("starts", "rows", "values")
