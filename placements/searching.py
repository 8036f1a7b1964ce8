"""How the search reads words, and how it counts what each filter would leave."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db import connections, transaction
from django.db.models import (
    Case,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from experts.choices import OrganisationKind

CONFIG = "stem_english"
LONGEST = 200
WORD = re.compile(r"\w+")

# One statement for one opportunity or for all: A title, B skills, C summary and host, D the rest.
REFRESH = f"""
WITH wanted AS (SELECT unnest(%(pks)s::bigint[]) AS id),
synonyms AS (
    SELECT skill_id, string_agg(name, ' ' ORDER BY name) AS names
    FROM people_skillsynonym GROUP BY skill_id
),
named AS (
    SELECT link.opportunity_id AS id,
           string_agg(concat_ws(' ', skill.name, synonyms.names), ' ' ORDER BY skill.name)
               AS words,
           array_agg(DISTINCT skill.id::int ORDER BY skill.id::int)
               FILTER (WHERE link.role = 'learned') AS learned
    FROM placements_opportunityskill link
    JOIN wanted ON wanted.id = link.opportunity_id
    JOIN people_skill skill ON skill.id = link.skill_id
    LEFT JOIN synonyms ON synonyms.skill_id = skill.id
    GROUP BY link.opportunity_id
),
updated AS (
UPDATE placements_opportunity AS target SET
    search_vector =
        setweight(to_tsvector('{CONFIG}', source.title), 'A')
        || setweight(to_tsvector('{CONFIG}', coalesce(named.words, '')), 'B')
        || setweight(to_tsvector('{CONFIG}', concat_ws(' ', source.summary, host.name)), 'C')
        || setweight(to_tsvector('{CONFIG}', concat_ws(' ', source.what_you_will_do,
               source.what_you_will_learn, source.who_it_suits, town.name)), 'D'),
    search_words = lower(unaccent(concat_ws(' ', source.title, named.words, host.name))),
    search_skills = coalesce(named.learned, '{{}}'),
    search_region = town.region_id,
    search_kind = array_position(%(kinds)s::text[], host.kind::text) - 1,
    search_lowest = lowest.rank,
    search_highest = highest.rank
FROM placements_opportunity AS source
JOIN wanted ON wanted.id = source.id
JOIN experts_organisation AS host ON host.id = source.organisation_id
JOIN people_town AS town ON town.id = source.town_id
JOIN people_grade AS lowest ON lowest.id = source.lowest_grade_id
JOIN people_grade AS highest ON highest.id = source.highest_grade_id
LEFT JOIN named ON named.id = source.id
WHERE target.id = source.id
RETURNING target.search_words
),
learned_words AS (
    INSERT INTO placements_searchword (word)
    SELECT DISTINCT word FROM updated, regexp_split_to_table(search_words, '\\W+') AS word
    WHERE length(word) BETWEEN 4 AND 100
    ORDER BY word  -- two at once insert in the same order, so neither waits for the other
    ON CONFLICT DO NOTHING
)
SELECT count(*) FROM updated
"""  # noqa: S608 - a constant of ours


# A word that stands nowhere, not even as a beginning, is read as the one most like it.
CORRECT = """
SELECT asked, (
    SELECT word FROM placements_searchword
    WHERE word %% plain AND similarity(word, plain) >= 0.4
    ORDER BY similarity(word, plain) DESC, word LIMIT 1
)
FROM unnest(%(words)s::text[]) AS asked, lower(unaccent(asked)) AS plain
WHERE NOT EXISTS (SELECT FROM placements_searchword WHERE starts_with(word, plain))
"""


def corrected(alias: str, text: str) -> str:
    """Read words that stand nowhere as known words that look like them."""
    words = WORD.findall(text[:LONGEST])
    with connections[alias].cursor() as cursor:
        cursor.execute(CORRECT, {"words": words})
        slips = {asked: word for asked, word in cursor.fetchall() if word}
    return WORD.sub(lambda found: slips.get(found[0], found[0]), text[:LONGEST])


@contextmanager
def by_index(alias: str) -> Iterator[None]:
    """Find words by their index, however common they are.

    The planner takes reading a search vector for cheap, but each one is fetched and unpacked from
    beside its row; for a word that most rows hold it would do that 50,000 times.
    """
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def tsquery(text: str) -> SearchQueryCombinable:
    """Read a search: all words must be there; quotes work; the last word may be unfinished."""
    words = text[:LONGEST].split()
    whole = SearchQuery(" ".join(words), config=CONFIG, search_type="websearch")
    if not words or not WORD.fullmatch(words[-1]) or '"' in text:
        return whole
    begun = SearchQuery(f"'{words[-1]}':*", config=CONFIG, search_type="raw")
    last = SearchQuery(words[-1], config=CONFIG, search_type="websearch") | begun
    head = " ".join(words[:-1])
    return SearchQuery(head, config=CONFIG, search_type="websearch") & last if head else last


def refresh(alias: str, pks: Iterable[int]) -> int:
    """Write the search columns of some opportunities; count the rows."""
    with connections[alias].cursor() as cursor:
        cursor.execute(REFRESH, {"pks": list(pks), "kinds": OrganisationKind.values})
        return int(cursor.fetchone()[0])


# Filters that are counted together, in one pass: few values each, so few rows come back.
TOGETHER = (
    ("type", "remote", "length", "direction"),
    ("hours", "clearance", "kind", "soon"),
    ("region", "lowest", "highest"),
)


@dataclass
class Counts:
    """What the list holds, and what each filter's values would add or leave."""

    total: int = 0
    without: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[Any]] = field(default_factory=dict)


COLUMNS = {
    name: "soon" if name == "soon" else f"search_{name}" for names in TOGETHER for name in names
}
# GROUPING() sets a bit for each column that is not in the set, the first column's highest.
MASKS = {
    sum(
        1 << (len(COLUMNS) - 1 - position)
        for position, name in enumerate(COLUMNS)
        if name not in names
    ): names
    for names in TOGETHER
}
SKILLS = -1  # no mask: these rows count skills


def count(base: QuerySet[Any], chosen: Mapping[str, Q], soon: Q, *, is_dear: bool) -> Counts:
    """Count each filter's values as if that filter itself were not set, in one query.

    A row that fails one chosen filter counts for that filter's values only; a row that fails two
    counts for nothing; so one pass serves all filters. Skills need a pass of their own, because a
    row has several; rows that are dear to find are found once and kept for it.
    """
    rows = base.order_by().annotate(
        missed=_sum(chosen, weighted=False),
        failing=_sum(chosen, weighted=True),
        soon=Case(When(soon, then=Value(1)), default=Value(0)),
    )
    inner = rows.filter(missed__lte=1).values("failing", *COLUMNS.values(), "search_skills")
    sql, params = inner.query.sql_with_params()
    names = list(chosen)
    for_skills = [0, names.index("skill") + 1 if "skill" in chosen else 0]
    with connections[base.db].cursor() as cursor:
        cursor.execute(_counting(sql, is_dear=is_dear), (*params, for_skills))
        return _added_up(cursor.fetchall(), names)


def _counting(sql: str, *, is_dear: bool) -> str:
    columns = list(COLUMNS.values())
    keep = "MATERIALIZED" if is_dear else "NOT MATERIALIZED"
    sets = (", ".join(["failing", *(COLUMNS[name] for name in names)]) for names in TOGETHER)
    return (
        f"WITH found AS {keep} ({sql})"  # noqa: S608 - our own names
        f" SELECT GROUPING({', '.join(columns)}), failing, count(*), {', '.join(columns)}"
        f" FROM found GROUP BY GROUPING SETS ({', '.join(f'({names})' for names in sets)})"
        f" UNION ALL SELECT {SKILLS}, skill, count(*), {', '.join(['NULL'] * len(columns))}"
        " FROM (SELECT unnest(search_skills) AS skill FROM found WHERE failing = ANY(%s))"
        " AS skills GROUP BY skill"
    )


def _added_up(rows: list[tuple[Any, ...]], chosen: list[str]) -> Counts:
    counts = Counts(values={name: Counter() for name in (*COLUMNS, "grade", "skill")})
    for mask, failing, number, *codes in rows:
        if mask == SKILLS:
            counts.values["skill"][failing] = number
            continue
        fails = chosen[failing - 1] if failing else None
        names = MASKS[mask]
        values = dict(zip(COLUMNS, codes, strict=True))
        if names is TOGETHER[0]:  # each set holds every row
            if fails is None:
                counts.total += number
            else:
                counts.without[fails] += number
        for name in names:
            if fails in {None, name}:
                counts.values[name][values[name]] += number
        if "lowest" in names and fails in {None, "grade"} and values["lowest"] is not None:
            for rank in range(values["lowest"], values["highest"] + 1):
                counts.values["grade"][rank] += number
    return counts


def count_skills(base: QuerySet[Any]) -> Counter[int]:
    """Count the rows that teach each skill."""
    sql, params = base.order_by().values("search_skills").query.sql_with_params()
    with connections[base.db].cursor() as cursor:
        cursor.execute(
            f"SELECT skill, count(*) FROM (SELECT unnest(search_skills) AS skill FROM ({sql})"  # noqa: S608 - our own SQL
            " AS rows) AS skills GROUP BY skill",
            params,
        )
        return Counter(dict(cursor.fetchall()))


def _sum(chosen: Mapping[str, Q], *, weighted: bool) -> Any:
    total: Any = Value(0, output_field=PositiveSmallIntegerField())
    for number, condition in enumerate(chosen.values(), 1):
        total = total + Case(
            When(condition, then=Value(0)),
            default=Value(number if weighted else 1),
            output_field=PositiveSmallIntegerField(),
        )
    return total
