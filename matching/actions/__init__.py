"""Every write of matching."""

from matching.actions.arrays import (
    CODE_VERSION,
    KEPT,
    LOCK,
    is_stale,
    rebuild,
    rebuild_if_stale,
)
from matching.actions.letters import tell_news, tell_people, whom_to_tell
from matching.actions.news import spread_news
from matching.actions.rematch import (
    ask_for_rematch,
    finish_rematch,
    match_part,
    next_steps,
    prepare_rematch,
    start_nightly,
)
from matching.actions.searches import choose_rhythm, remove_search, save_search
from matching.actions.signals import choose_signals

__all__ = [
    "CODE_VERSION",
    "KEPT",
    "LOCK",
    "ask_for_rematch",
    "choose_rhythm",
    "choose_signals",
    "finish_rematch",
    "is_stale",
    "match_part",
    "next_steps",
    "prepare_rematch",
    "rebuild",
    "rebuild_if_stale",
    "remove_search",
    "save_search",
    "spread_news",
    "start_nightly",
    "tell_news",
    "tell_people",
    "whom_to_tell",
]
