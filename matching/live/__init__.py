"""Recommendations for one person, worked out when they ask."""

from matching.live.recommend import (
    Card,
    Recommendations,
    Why,
    among_best,
    explain,
    recommend,
    signals_table,
    used_signals,
)

__all__ = [
    "Card",
    "Recommendations",
    "Why",
    "among_best",
    "explain",
    "recommend",
    "signals_table",
    "used_signals",
]
