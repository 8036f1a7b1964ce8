"""How the search reads words, and what it keeps of each opportunity to find it by."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db import connections, transaction

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
               FILTER (WHERE link.role = 'learned') AS learned,
           string_agg(int4send(skill.id::int), '' ORDER BY skill.id)
               FILTER (WHERE link.role = 'learned') AS taught
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
    search_taught = coalesce(named.taught, ''),
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
