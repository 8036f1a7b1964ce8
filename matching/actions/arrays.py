"""Makes the opportunities' arrays, and makes them anew when something changed."""

import hashlib

from django.db import connection, transaction
from django.utils import timezone

from matching.engine.build import build
from matching.engine.points import WEIGHTS_VERSION, weights_digest
from matching.engine.rules import RULES_VERSION
from matching.live.encode import ENCODING_VERSION, encode, open_opportunities, texts_of
from matching.live.store import lottery_seed
from matching.live.text import vocabulary
from matching.live.world import World
from matching.models import Change, Edition, Rematch, Snapshot

CODE_VERSION = f"{RULES_VERSION}.{WEIGHTS_VERSION}.{ENCODING_VERSION}-{weights_digest()}"
KEPT = 3
LOCK = 7_261_140
# Python works for longer than a request may keep a transaction open, and the job's limit holds it
PATIENT = """
SET LOCAL idle_in_transaction_session_timeout = '2min';
SET LOCAL statement_timeout = '2min'
"""


def is_stale(newest: Snapshot | None) -> bool:
    """Tell whether the arrays should be made anew: something changed, or a day or code did."""
    return (
        newest is None
        or newest.code_version != CODE_VERSION
        or newest.made_at.date() != timezone.now().date()
        or Change.objects.exists()
    )


@transaction.atomic
def rebuild_if_stale() -> Snapshot | None:
    """Make the arrays anew if something changed; two at once are one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    return rebuild() if is_stale(Snapshot.objects.newest()) else None


@transaction.atomic
def rebuild() -> Snapshot:
    """Store all open opportunities as arrays, note what is new, forget the changes they hold.

    The changes are listed first: what changes while the rest is read stays listed.
    """
    with connection.cursor() as cursor:
        cursor.execute(PATIENT)
    seen = Change.objects.waiting()
    offers = open_opportunities()
    world = World.now()
    world.words.update(vocabulary(texts_of(offers)))
    arrays = build(encode(offers, world), world.reference, lottery_seed())
    content = arrays.packed()
    snapshot = Snapshot.objects.create(
        hash=hashlib.sha256(content).hexdigest(),
        content=content,
        manifest=world.manifest,
        opportunities=len(arrays),
        rules_version=RULES_VERSION,
        weights_version=WEIGHTS_VERSION,
        code_version=CODE_VERSION,
        lottery_seed=lottery_seed(),
    )
    Edition.objects.note(changed for _pk, changed in seen)
    Change.objects.filter(pk__in=[pk for pk, _changed in seen]).delete()
    kept = Snapshot.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    used = Rematch.objects.in_use().exclude(snapshot=None).values_list("snapshot_id", flat=True)
    Snapshot.objects.exclude(pk__in=[*kept, *used]).delete()
    return snapshot
