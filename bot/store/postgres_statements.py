"""The SQL of the PostgreSQL store."""

from __future__ import annotations

# At the start of every turn. The lock comes first: what is read in the same statement may be from before it.
INSERT_IF_NEW = """
INSERT INTO conversation (chat, used_at, used_day) VALUES (%s, %s, %s) ON CONFLICT (chat) DO NOTHING
"""
LOCK = """
SELECT session, used_day, extract(epoch FROM free_at - clock_timestamp()) FROM conversation WHERE chat = %s FOR UPDATE
"""
READ = """
SELECT (SELECT coalesce(answer, '[]') FROM seen
        WHERE event = %(event)s AND chat IN (%(chat)s, '') ORDER BY chat DESC LIMIT 1),
       (SELECT chat = '' FROM seen WHERE event = %(event)s AND chat IN (%(chat)s, '') ORDER BY chat DESC LIMIT 1),
       EXISTS (SELECT 1 FROM outbox WHERE chat = %(chat)s),
       ARRAY(SELECT event FROM due WHERE chat = %(chat)s),
       ARRAY(SELECT ARRAY[kind, key, body] FROM record WHERE chat = %(chat)s ORDER BY kind, key)
"""
SEEN = """
SELECT coalesce(answer, '[]'), chat = '' FROM seen WHERE event = %s AND chat IN (%s, '') ORDER BY chat DESC LIMIT 1
"""

FAILED = """
INSERT INTO attempt (event, count, at) VALUES (%s, 1, %s)
ON CONFLICT (event) DO UPDATE SET count = attempt.count + 1, at = excluded.at
RETURNING count
"""

# When a sender looks for work, one process at a time. A row that a turn is changing just now is skipped, and with it
# what comes after it in its conversation; so is a conversation, or a group, of which another process has something in
# hand. Whose time is not up has it in hand; a time further off than any lease was written before the clock was set
# back, and counts as long as the process is heard of.
TAKE_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allie:take:' || %s, 0))"
IN_OTHER_HANDS = """
other.taken_by <> %(me)s AND other.taken_until > clock_timestamp()
AND (other.taken_until <= clock_timestamp() + make_interval(secs => %(lease)s)
     OR other.taken_by IN (SELECT id FROM replica))
"""
PLACE = "split_part({0}, ':', 1) || ':' || split_part({0}, ':', 2)"
"""Of a member's conversation in a group, the group: see `bot.conversation_id`."""
TAKE = f"""
WITH free AS (
    SELECT id, chat FROM outbox
    WHERE split_part(chat, ':', 1) = %(channel)s AND lane = %(lane)s AND stopped = 0
      AND id <> ALL(%(in_hand)s::bigint[]) AND chat <> ALL(%(without)s::text[])
      AND NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.chat = outbox.chat AND {IN_OTHER_HANDS})
      AND (split_part(outbox.chat, ':', 3) = '' OR NOT EXISTS (
        SELECT 1 FROM outbox AS other
        WHERE split_part(other.chat, ':', 3) <> '' AND {PLACE.format("other.chat")} = {PLACE.format("outbox.chat")}
          AND {IN_OTHER_HANDS}
      ))
    ORDER BY id LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET taken_by = %(me)s, taken_until = clock_timestamp() + make_interval(secs => %(lease)s)
FROM free
WHERE outbox.id = free.id AND NOT EXISTS (
    SELECT 1 FROM outbox AS earlier
    WHERE earlier.chat = free.chat AND earlier.lane = %(lane)s AND earlier.id < free.id
      AND earlier.id <> ALL(%(in_hand)s::bigint[]) AND earlier.id NOT IN (SELECT id FROM free)
)
RETURNING outbox.id, outbox.chat, outbox.body, outbox.attempts, outbox.lane, greatest(
    0,
    (SELECT extract(epoch FROM free_at - clock_timestamp()) FROM conversation WHERE conversation.chat = outbox.chat),
    (SELECT extract(epoch FROM until - clock_timestamp()) FROM group_cooldown
     WHERE place = {PLACE.format("outbox.chat")})
)
"""  # noqa: S608 - our own words
# When the platform may be called again for a conversation, or for a group, whichever process asks. The second one waits
# for nobody: a platform that said to come back later says it again.
COOL_DOWN = "UPDATE conversation SET free_at = clock_timestamp() + make_interval(secs => %s) WHERE chat = %s"
COOL_DOWN_UNLESS_LOCKED = """
UPDATE conversation SET free_at = clock_timestamp() + make_interval(secs => %s)
WHERE chat IN (SELECT chat FROM conversation WHERE chat = %s FOR UPDATE SKIP LOCKED)
"""
COOL_DOWN_GROUP = """
INSERT INTO group_cooldown (until, place) VALUES (clock_timestamp() + make_interval(secs => %s), %s)
ON CONFLICT (place) DO UPDATE SET until = excluded.until
"""
CLEAN_COOLDOWNS = "DELETE FROM group_cooldown WHERE until NOT BETWEEN clock_timestamp() AND clock_timestamp() + '1 day'"
GIVE_BACK = "UPDATE outbox SET taken_by = NULL, taken_until = NULL WHERE id = ANY(%s) AND taken_by = %s"
KNOWS = "SELECT 1 FROM conversation WHERE chat = %s AND erased = 0"
WAITING = "SELECT id, chat, body, attempts, lane FROM outbox WHERE chat = %s AND lane < 3 ORDER BY lane, id LIMIT 100"
SENT = "DELETE FROM outbox WHERE id = %s"
TRIED = "UPDATE outbox SET attempts = attempts + 1 WHERE id = %s"
REFUSE = """
INSERT INTO refused (id, chat, body, reason, at, quotes)
SELECT id, chat, body, %s, %s, quotes FROM outbox WHERE id = %s
ON CONFLICT (id) DO NOTHING
"""
LAST_WORD = (
    "DELETE FROM refused WHERE chat IN (SELECT chat FROM conversation WHERE chat = %s AND erased = 1)",
    """
    DELETE FROM conversation WHERE chat = %s AND erased = 1
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
    """,
)
GONE_ERASED = """
DELETE FROM outbox WHERE chat = %s AND EXISTS (SELECT 1 FROM conversation WHERE chat = %s AND erased = 1)
"""
GONE = "UPDATE conversation SET stopped = 1 WHERE chat = %s AND used_at <= %s"
GONE_OUTBOX = """
UPDATE outbox SET stopped = 1
WHERE chat = %s AND coalesce((SELECT stopped FROM conversation WHERE chat = %s), 1) = 1
"""

DUE = """
SELECT due.chat, name, key, event, due_at, body FROM due LEFT JOIN conversation USING (chat)
WHERE due_at <= %s AND coalesce(conversation.stopped, 0) = 0 AND event <> ALL(%s::text[])
ORDER BY due_at LIMIT %s
"""

# Periodic cleaning: its name, what says for how long it is kept, and the statement, run a batch at a time.
CLEAN_MISUNDERSTOOD = "DELETE FROM misunderstood WHERE day < %s"
# Served by record_at.
OLD_FAVOURITES = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind <> 'draft' AND at < %s LIMIT %s
)
"""
OLD_DRAFTS = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind = 'draft' AND at < %s LIMIT %s
)
"""
CLEAN = (
    ("seen", "seen", "DELETE FROM seen WHERE (event, chat) IN (SELECT event, chat FROM seen WHERE at < %s LIMIT %s)"),
    (
        "attempts",
        "seen",
        """
        DELETE FROM attempt WHERE event IN (
            SELECT event FROM attempt WHERE at < %s AND event NOT IN (SELECT event FROM parked) LIMIT %s
        )
        """,
    ),
    ("outbox", "undelivered", "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE at < %s LIMIT %s)"),
    ("refused", "undelivered", "DELETE FROM refused WHERE id IN (SELECT id FROM refused WHERE at < %s LIMIT %s)"),
    ("favourites", "favourites", OLD_FAVOURITES),
    ("drafts", "drafts", OLD_DRAFTS),
    ("parked", "parked", "DELETE FROM parked WHERE event IN (SELECT event FROM parked WHERE at < %s LIMIT %s)"),
    (
        "notices",
        "notices",
        "DELETE FROM notice WHERE (kind, key) IN (SELECT kind, key FROM notice WHERE until < %s LIMIT %s)",
    ),
)
# What was counted on a day before, and the keys by which it was.
CLEAN_DAILY = (
    "DELETE FROM daily_use WHERE day < %s",
    "DELETE FROM secret WHERE name LIKE 'day %%' AND name < 'day ' || %s",
)
CLEAN_ERASED = """
DELETE FROM conversation WHERE erased = 1
AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
"""
IDLE = """
SELECT chat FROM conversation
WHERE used_day < %s AND NOT EXISTS (SELECT 1 FROM due WHERE due.chat = conversation.chat) LIMIT %s
"""
IDLE_WITH_REMINDERS = "SELECT chat FROM conversation WHERE used_day < %s LIMIT %s"
STILL_IDLE = "SELECT 1 FROM conversation WHERE chat = %s AND used_day < %s FOR UPDATE"
NEW_SECRET = "INSERT INTO secret (name, value) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"  # noqa: S105 - SQL
COUNTS = {
    "sessions": "SELECT count(*) FROM conversation",
    "outbox": "SELECT count(*) FROM outbox",
    "stopped": "SELECT count(*) FROM outbox WHERE stopped = 1",
    "refused": "SELECT count(*) FROM refused",
    "parked": "SELECT count(*) FROM parked",
    "due": "SELECT count(*) FROM due",
}
