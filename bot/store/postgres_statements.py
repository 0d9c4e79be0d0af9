"""The SQL that only PostgreSQL runs. See `shared_statements.py`."""

from __future__ import annotations

from bot.store import shared_statements as shared

# At the start of every turn. The lock comes first: what is read in the same statement may be from before it.
INSERT_IF_NEW = """
INSERT INTO conversation (chat, used_at, used_day) VALUES (?, ?, ?) ON CONFLICT (chat) DO NOTHING
"""
LOCK = """
SELECT session, used_day, extract(epoch FROM free_at - clock_timestamp()) FROM conversation WHERE chat = ? FOR UPDATE
"""
READ = """
SELECT (SELECT coalesce(answer, '[]') FROM seen
        WHERE event = %(event)s AND chat IN (%(chat)s, '') ORDER BY chat DESC LIMIT 1),
       (SELECT chat = '' FROM seen WHERE event = %(event)s AND chat IN (%(chat)s, '') ORDER BY chat DESC LIMIT 1),
       EXISTS (SELECT 1 FROM outbox WHERE chat = %(chat)s),
       ARRAY(SELECT event FROM due WHERE chat = %(chat)s),
       ARRAY(SELECT ARRAY[kind, key, body] FROM record WHERE chat = %(chat)s ORDER BY kind, key)
"""

SEE, SEND = " ".join(shared.SEE), " ".join(shared.SEND)
# What most turns write, in one statement; `used_day` is left alone on the same day, and with it its index.
SAVE = """
WITH handled AS (INSERT INTO seen (event, chat, at, answer, quotes) VALUES (?, ?, ?, ?, ?))
UPDATE conversation
SET session = ?, used_at = ?, free_at = coalesce(clock_timestamp() + make_interval(secs => ?), free_at),
    stopped = 0, erased = 0, used_day = ?
WHERE chat = ?
"""
SAVE_SAME_DAY = """
WITH handled AS (INSERT INTO seen (event, chat, at, answer, quotes) VALUES (?, ?, ?, ?, ?))
UPDATE conversation
SET session = ?, used_at = ?, free_at = coalesce(clock_timestamp() + make_interval(secs => ?), free_at),
    stopped = 0, erased = 0
WHERE chat = ?
"""
# The notice is held until the commit: its owner, erased at this very moment, is either told before or not at all.
TELL = """
WITH told AS (SELECT chat FROM notice WHERE kind = ? AND key = ? FOR KEY SHARE)
INSERT INTO due (chat, name, key, event, due_at, body) SELECT chat, ?, ?, ?, ?, ? FROM told
ON CONFLICT (chat, name, key) DO UPDATE SET event = excluded.event, due_at = excluded.due_at, body = excluded.body
"""
BOARD = """
SELECT key, body, chat FROM notice
WHERE kind = ? AND shelf = ANY(?) AND until > ? ORDER BY at DESC, key LIMIT 500
"""
# Nobody else counts for this unit until the turn ends.
COUNT_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allie:use:' || ?, 0))"
UNUSED = "DELETE FROM conversation WHERE chat = ?"
# The replies that hold somebody's words. What was seen with them stays, without its answer.
UNQUOTE = tuple(
    f"{act} WHERE quotes IS NOT NULL AND position(to_json(?::text)::text IN quotes) > 0"
    for act in ("DELETE FROM outbox", "DELETE FROM refused", "UPDATE seen SET answer = NULL, quotes = NULL")
)
FORGET = (*shared.FORGET, *UNQUOTE)
# One person's conversations in groups: the first served by conversation_member, the others by tables that are small.
IN_GROUPS = " UNION ".join(
    f"SELECT chat FROM {table} WHERE split_part(chat, ':', 3) <> ''"  # noqa: S608 - constants
    " AND split_part(chat, ':', 1) || ':' || split_part(chat, ':', 3) = %(chat)s"
    for table in ("conversation", "parked", "outbox")
)
ELSEWHERE = """
SELECT session FROM conversation
WHERE split_part(chat, ':', 3) <> '' AND split_part(chat, ':', 1) || ':' || split_part(chat, ':', 3) = ?
  AND session IS NOT NULL
"""
LOCK_ALL = "SELECT 1 FROM conversation WHERE chat = ANY(?) ORDER BY chat FOR UPDATE"

# When a sender looks for work, one process at a time. A row that a turn is changing just now is skipped, and with it
# what comes after it in its conversation; so is a conversation, or a group, of which another process has something in
# hand. Whose time is not up has it in hand; a time further off than any lease was written before the clock was set
# back, and counts as long as the process is heard of.
TAKE_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allie:take:' || ?, 0))"
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
COOL_DOWN = "UPDATE conversation SET free_at = clock_timestamp() + make_interval(secs => ?) WHERE chat = ?"
COOL_DOWN_UNLESS_LOCKED = """
UPDATE conversation SET free_at = clock_timestamp() + make_interval(secs => ?)
WHERE chat IN (SELECT chat FROM conversation WHERE chat = ? FOR UPDATE SKIP LOCKED)
"""
COOL_DOWN_GROUP = """
INSERT INTO group_cooldown (until, place) VALUES (clock_timestamp() + make_interval(secs => ?), ?)
ON CONFLICT (place) DO UPDATE SET until = excluded.until
"""
CLEAN_COOLDOWNS = "DELETE FROM group_cooldown WHERE until NOT BETWEEN clock_timestamp() AND clock_timestamp() + '1 day'"
GIVE_BACK = "UPDATE outbox SET taken_by = NULL, taken_until = NULL WHERE id = ANY(?) AND taken_by = ?"
GONE_ERASED = """
DELETE FROM outbox WHERE chat = ? AND EXISTS (SELECT 1 FROM conversation WHERE chat = ? AND erased = 1)
"""
DUE = """
SELECT due.chat, name, key, event, due_at, body FROM due LEFT JOIN conversation USING (chat)
WHERE due_at <= ? AND coalesce(conversation.stopped, 0) = 0 AND event <> ALL(?::text[])
ORDER BY due_at LIMIT ?
"""
STILL_IDLE = "SELECT 1 FROM conversation WHERE chat = ? AND used_day < ? FOR UPDATE"
