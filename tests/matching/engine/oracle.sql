-- One person's best seven, worked out from the facts as they are, with no features and no words
WITH person AS (SELECT %(person)s::jsonb AS p),
offers AS (SELECT o, (o->>'pk')::int AS pk FROM jsonb_array_elements(%(offers)s::jsonb) AS o),
tables AS (
    SELECT %(groups)s::int[] AS groups, %(neighbours)s::jsonb AS next_to, %(miles)s::jsonb AS miles
),
levels AS (
    SELECT (s->>'k')::int AS skill, max((s->>'v')::int) AS level, bool_or(wanted) AS wanted
    FROM (
        SELECT jsonb_array_elements(p->'learn') AS s, true AS wanted FROM person
        UNION ALL SELECT jsonb_array_elements(p->'held'), false FROM person
    ) AS named GROUP BY 1
),
taught AS (
    SELECT pk, (s->>'k')::int AS skill, (s->>'v')::int AS level
    FROM offers, jsonb_array_elements(o->'taught') AS s
),
needed AS (
    SELECT pk, (s->>'k')::int AS skill, (s->>'v')::int AS level
    FROM offers, jsonb_array_elements(o->'needed') AS s
),
learn AS (
    SELECT pk, (3600 / greatest(6, sum(t.level)))
        * coalesce(sum(greatest(0, t.level - l.level)) FILTER (WHERE l.wanted), 0) AS n
    FROM taught t LEFT JOIN levels l USING (skill) GROUP BY pk
),
held AS (
    SELECT pk, (1800 / sum(n.level)) * sum(least(n.level, coalesce(l.level, 0))) AS n
    FROM needed n LEFT JOIN levels l USING (skill) GROUP BY pk
),
subjects AS (
    SELECT DISTINCT pk, groups[skill + 1] AS subject FROM taught, tables
),
interests AS (
    SELECT pk, (700 / count(*)) * count(*) FILTER (
        WHERE subject IN (SELECT groups[skill + 1] FROM levels, tables WHERE wanted)
    ) AS n FROM subjects GROUP BY pk
),
goals AS (
    SELECT pk, (800 / greatest(2, count(*)))
        * count(*) FILTER (WHERE p->'goals' @> to_jsonb(skill)) AS n
    FROM taught, person GROUP BY pk
),
words AS (
    SELECT pk, sum((mine->>'v')::int * (theirs->>'v')::int) AS n
    FROM offers, person, jsonb_array_elements(o->'words') AS theirs,
        jsonb_array_elements(p->'words') AS mine
    WHERE mine->>'k' = theirs->>'k' GROUP BY pk
),
facts AS (
    SELECT pk, o, p, next_to, miles,
        (p->>'region')::int AS here, (o->>'region')::int AS there, (o->>'remote')::int AS remote,
        (p->>'remote_ok')::bool AS remote_ok, (p->>'town')::int AS home, (o->>'town')::int AS away,
        (o->>'start_week')::int AS starts, (o->>'end_week')::int AS ends,
        (p->>'from_week')::int AS free_from, (p->>'until_week')::int AS free_until
    FROM offers, person, tables
),
parts AS (
    SELECT f.pk, part.slug, part.n
    FROM facts f
    LEFT JOIN learn USING (pk) LEFT JOIN held USING (pk) LEFT JOIN interests USING (pk)
    LEFT JOIN goals USING (pk) LEFT JOIN words USING (pk)
    CROSS JOIN LATERAL (VALUES
        ('learn', coalesce(learn.n, 0)),
        ('held', coalesce(held.n, 1800)),
        ('interests', coalesce(interests.n, 0)),
        ('profession', CASE WHEN o->'professions' @> (p->'profession') THEN 300 ELSE 0 END),
        ('goals', coalesce(goals.n, 0)),
        ('text', coalesce(words.n, 0)),
        ('place', CASE
            WHEN remote = 2 AND remote_ok THEN 700
            WHEN here < 0 OR there < 0 THEN 150
            WHEN here = there THEN 700
            WHEN (next_to->here->>there)::bool
                THEN CASE WHEN remote = 1 AND remote_ok THEN 550 ELSE 450 END
            WHEN remote = 1 AND remote_ok THEN 300
            ELSE 150
        END),
        ('time', 700 * greatest(0, least(ends, free_until) - greatest(starts, free_from) + 1)
            / (ends - starts + 1))
    ) AS part (slug, n)
),
scored AS (
    SELECT pk, coalesce(sum(parts.n) FILTER (WHERE NOT p->'off' @> to_jsonb(slug)), 0)::int AS points
    FROM parts, person GROUP BY pk
)
SELECT pk, points
FROM facts JOIN scored USING (pk)
WHERE points >= %(bar)s
    AND ((p->>'grade')::int = 0 OR (p->>'grade')::int
        BETWEEN (o->>'lowest_grade')::int AND (o->>'highest_grade')::int)
    AND CASE WHEN (p->>'clearance')::int = -1 THEN 1 ELSE (p->>'clearance')::int END
        >= (o->>'clearance')::int
    AND (remote <> 2 OR remote_ok)
    AND NOT ((o->>'full_time')::bool AND (p->>'part_time')::bool AND (p->>'hours')::int = 0)
    AND ends >= free_from AND starts <= free_until
    AND ((p->>'hours')::int = 0 OR (o->>'hours')::int <= (p->>'hours')::int)
    AND (remote = 2 OR home < 0 OR away < 0 OR (p->>'max_miles')::int = 65535
        OR (miles->home->>away)::int <= (p->>'max_miles')::int)
    AND NOT p->'organisations' @> (o->'organisation')
    AND ((p->>'department')::int = 0 OR p->'department' <> o->'department')
    AND NOT p->'applied' @> to_jsonb(pk)
    AND NOT ((o->>'exclusive')::bool AND EXISTS (
        SELECT FROM jsonb_array_elements(p->'busy') AS b
        WHERE (b->>0)::int <= ends AND (b->>1)::int >= starts
    ))
ORDER BY points DESC, (o->>'lottery')::int
LIMIT 7
