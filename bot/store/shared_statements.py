"""The SQL that both engines run, written once: `?` stands where a value goes (`bot.postgres.marked` for PostgreSQL).

What truly differs is in `statements.py` (SQLite) and `postgres_statements.py`.
"""

from __future__ import annotations

from bot.store.schema import PERSONAL_TABLES

# A turn

SEEN = """
SELECT coalesce(answer, '[]'), chat = '' FROM seen WHERE event = ? AND chat IN (?, '') ORDER BY chat DESC LIMIT 1
"""
# (head, one row, tail): SQLite writes the rows of many turns in one statement.
SEE = ("INSERT INTO seen (event, chat, at, answer, quotes) VALUES", "(?, ?, ?, ?, ?)", "")
SEND = (
    "INSERT INTO outbox (chat, lane, body, at, quotes, stopped) VALUES",
    "(?, ?, ?, ?, ?, coalesce((SELECT stopped FROM conversation WHERE chat = ?), 0))",
    "",
)
STOP = "UPDATE conversation SET stopped = ? WHERE chat = ?"
STOP_OUTBOX = "UPDATE outbox SET stopped = ? WHERE chat = ?"
PUT = """
INSERT INTO record (chat, kind, key, body, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (chat, kind, key) DO UPDATE SET body = excluded.body, at = excluded.at
"""
DROP = "DELETE FROM record WHERE chat = ? AND kind = ? AND key = ?"
SCHEDULE = """
INSERT INTO due (chat, name, key, event, due_at, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (chat, name, key) DO UPDATE SET event = excluded.event, due_at = excluded.due_at, body = excluded.body
"""
CANCEL = "DELETE FROM due WHERE chat = ? AND name = ? AND key = ?"
POST = """
INSERT INTO notice (kind, key, chat, shelf, body, at, until) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET shelf = excluded.shelf, body = excluded.body, at = excluded.at,
                                      until = excluded.until
WHERE notice.chat = excluded.chat
"""
TAKE_DOWN = "DELETE FROM notice WHERE kind = ? AND key = ? AND chat = ?"
REMOVE = "DELETE FROM notice WHERE kind = ? AND key = ?"
USED_TODAY = "SELECT count FROM daily_use WHERE unit = ? AND act = ? AND day = ?"
USE = """
INSERT INTO daily_use (unit, act, day, count) VALUES (?, ?, ?, 1)
ON CONFLICT (unit, act, day) DO UPDATE SET count = daily_use.count + 1
"""
NOTICE = "SELECT body, chat FROM notice WHERE kind = ? AND key = ? AND until > ?"
# Of what was not understood a bounded number is kept; what is there already is counted.
MISUNDERSTOOD = """
INSERT INTO misunderstood (text, language, topic, count, day)
SELECT ?, ?, ?, 1, ?
WHERE (SELECT count(*) FROM misunderstood) < 1000 OR EXISTS (SELECT 1 FROM misunderstood WHERE text = ?)
ON CONFLICT (text) DO UPDATE SET count = misunderstood.count + 1, day = excluded.day
"""
VOTE = """
INSERT INTO answer_vote (answer, useful, useless) VALUES (?, ?, ?)
ON CONFLICT (answer) DO UPDATE
SET useful = answer_vote.useful + excluded.useful, useless = answer_vote.useless + excluded.useless
"""
FAILED = """
INSERT INTO attempt (event, count, at) VALUES (?, 1, ?)
ON CONFLICT (event) DO UPDATE SET count = attempt.count + 1, at = excluded.at
RETURNING count
"""
PARK = """
INSERT INTO parked (event, chat, raw, error, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (event) DO UPDATE SET raw = excluded.raw, error = excluded.error, at = excluded.at
"""
PARK_DUE = "DELETE FROM due WHERE chat = ? AND event = ?"

# Leaving

# The consent to news ended, or the person left: what waits of broadcasts goes.
WITHDRAWN = "DELETE FROM outbox WHERE chat = ? AND lane >= 2"
# A person is erased who is the last that a broadcast came to: it stands at the one before instead.
LEFT = """
UPDATE broadcast SET after = coalesce(
    (SELECT max(chat) FROM record WHERE kind = 'news' AND key = 'on' AND chat < broadcast.after), ''
) WHERE after = ?
"""
# All that is a person's. The ids of what was handled stay, so that a repeated delivery is not taken for a new one.
FORGET = (
    LEFT,
    *(f"DELETE FROM {table} WHERE chat = ?" for table in PERSONAL_TABLES),  # noqa: S608 - constants
    """
    DELETE FROM seen WHERE chat = ? AND EXISTS (
        SELECT 1 FROM seen AS other WHERE other.event = seen.event AND other.chat = ''
    )
    """,
    "UPDATE seen SET chat = '', answer = NULL, quotes = NULL WHERE chat = ?",
)
ERASED = "INSERT INTO conversation (chat, erased, used_at, used_day) VALUES (?, 1, ?, ?)"
LAST_WORD = (
    "DELETE FROM refused WHERE chat IN (SELECT chat FROM conversation WHERE chat = ? AND erased = 1)",
    """
    DELETE FROM conversation WHERE chat = ? AND erased = 1
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
    """,
)
EXPORT = {
    "conversation": "SELECT session, stopped, used_at FROM conversation WHERE chat = ?",
    "waiting_replies": "SELECT body, at FROM outbox WHERE chat = ? ORDER BY id",
    "refused_replies": "SELECT body, reason, at FROM refused WHERE chat = ? ORDER BY id",
    "records": "SELECT kind, key, body, at FROM record WHERE chat = ? ORDER BY kind, key",
    "notices": "SELECT kind, key, shelf, body, at, until FROM notice WHERE chat = ? ORDER BY kind, key",
    "reminders": "SELECT name, key, due_at, body FROM due WHERE chat = ? ORDER BY due_at",
    "failed_messages": "SELECT raw, error, at FROM parked WHERE chat = ? ORDER BY at",
    "last_answers": "SELECT at, answer FROM seen WHERE chat = ? AND answer IS NOT NULL ORDER BY at",
}

# The outbox

KNOWS = "SELECT 1 FROM conversation WHERE chat = ? AND erased = 0"
WAITING = "SELECT id, chat, body, attempts, lane FROM outbox WHERE chat = ? AND lane < 3 ORDER BY lane, id LIMIT 100"
DELIVERED_ONE = "DELETE FROM outbox WHERE id = ?"
TRIED = "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?"
REFUSE = """
INSERT INTO refused (id, chat, body, reason, at, quotes)
SELECT id, chat, body, ?, ?, quotes FROM outbox WHERE id = ?
ON CONFLICT (id) DO NOTHING
"""
GONE = "UPDATE conversation SET stopped = 1 WHERE chat = ? AND used_at <= ?"
GONE_OUTBOX = """
UPDATE outbox SET stopped = 1
WHERE chat = ? AND coalesce((SELECT stopped FROM conversation WHERE chat = ?), 1) = 1
"""

# Periodic cleaning: its name, what says for how long it is kept, and the statement, run a batch at a time and served by
# the index of its column where the table is large.

# Served by record_at.
OLD_FAVOURITES = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind <> 'draft' AND at < ? LIMIT ?
)
"""
OLD_DRAFTS = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind = 'draft' AND at < ? LIMIT ?
)
"""
OLD_ATTEMPTS = """
DELETE FROM attempt WHERE event IN (
    SELECT event FROM attempt WHERE at < ? AND event NOT IN (SELECT event FROM parked) LIMIT ?
)
"""
OLD_NOTICES = "DELETE FROM notice WHERE (kind, key) IN (SELECT kind, key FROM notice WHERE until < ? LIMIT ?)"
CLEAN = (
    ("seen", "seen", "DELETE FROM seen WHERE (event, chat) IN (SELECT event, chat FROM seen WHERE at < ? LIMIT ?)"),
    ("attempts", "seen", OLD_ATTEMPTS),
    ("outbox", "undelivered", "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE at < ? LIMIT ?)"),
    ("refused", "undelivered", "DELETE FROM refused WHERE id IN (SELECT id FROM refused WHERE at < ? LIMIT ?)"),
    ("favourites", "favourites", OLD_FAVOURITES),
    ("drafts", "drafts", OLD_DRAFTS),
    ("parked", "parked", "DELETE FROM parked WHERE event IN (SELECT event FROM parked WHERE at < ? LIMIT ?)"),
    ("notices", "notices", OLD_NOTICES),
)
CLEAN_MISUNDERSTOOD = "DELETE FROM misunderstood WHERE day < ?"
# What was counted on a day before, and the keys by which it was.
CLEAN_DAILY = (
    "DELETE FROM daily_use WHERE day < ?",
    "DELETE FROM secret WHERE substr(name, 1, 4) = 'day ' AND name < 'day ' || ?",
)
CLEAN_ERASED = """
DELETE FROM conversation WHERE erased = 1
AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
"""
# A conversation idle for long goes with all that hangs on it, unless a reminder is still to come.
IDLE = """
SELECT chat FROM conversation
WHERE used_day < ? AND NOT EXISTS (SELECT 1 FROM due WHERE due.chat = conversation.chat) LIMIT ?
"""
IDLE_WITH_REMINDERS = "SELECT chat FROM conversation WHERE used_day < ? LIMIT ?"

# For whoever runs Allié

COUNTS = {
    "sessions": "SELECT count(*) FROM conversation",
    "outbox": "SELECT count(*) FROM outbox",
    "stopped": "SELECT count(*) FROM outbox WHERE stopped = 1",
    "refused": "SELECT count(*) FROM refused",
    "parked": "SELECT count(*) FROM parked",
    "due": "SELECT count(*) FROM due",
}
PARKED = """
SELECT parked.event, chat, raw, error, parked.at, coalesce(count, 0)
FROM parked LEFT JOIN attempt USING (event) ORDER BY parked.at, parked.event
"""
REFUSED = "SELECT id, chat, body, reason, at FROM refused ORDER BY id"
DROP_REFUSED = "DELETE FROM refused WHERE id = ?"
UNDERSTOOD_BY_NOBODY = "SELECT text, language, topic, count, day FROM misunderstood ORDER BY count DESC, day DESC, text"
VOTES = "SELECT answer, useful, useless FROM answer_vote ORDER BY useless DESC, useful DESC, answer"
DROP_MISUNDERSTOOD = "DELETE FROM misunderstood"
NEW_SECRET = "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"  # noqa: S105 - SQL
SECRET = "SELECT value FROM secret WHERE name = ?"  # noqa: S105 - SQL

# Broadcasts

BEGIN_BROADCAST = """
INSERT INTO broadcast (id, body, state, begun, people) VALUES (?, ?, 'sending', ?, ?)
ON CONFLICT (id) DO UPDATE SET state = 'sending' WHERE broadcast.state = 'stopped'
"""
STOP_BROADCAST = "UPDATE broadcast SET state = 'stopped' WHERE id = ? AND state = 'sending'"
# Served by record_consent.
AGREED = """
SELECT record.chat, record.body, conversation.session FROM record JOIN conversation USING (chat)
WHERE kind = 'news' AND key = 'on' AND record.chat > ? AND record.at <= ?
  AND conversation.stopped = 0 AND conversation.erased = 0
ORDER BY record.chat LIMIT ?
"""
# Of two processes that read it at the same place, one goes on.
GO_ON = "UPDATE broadcast SET after = ?, state = ? WHERE id = ? AND state = 'sending' AND after = ?"
HAND = """
INSERT INTO outbox (chat, lane, body, at)
SELECT chat, 2, ?, ? FROM record WHERE chat = ? AND kind = 'news' AND key = 'on'
"""
HANDED = "UPDATE broadcast SET handed = handed + ? WHERE id = ?"
# What became of one message.
DELIVERED = "UPDATE broadcast SET delivered = delivered + 1 WHERE id = ?"
BLOCKED = "UPDATE broadcast SET blocked = blocked + 1 WHERE id = ?"
NOT_TAKEN = "UPDATE broadcast SET failed = failed + 1 WHERE id = ?"
WITHDRAWN_ONE = "DELETE FROM outbox WHERE id = ? AND lane = 2"
STANDS = """
SELECT 1 FROM outbox JOIN record USING (chat) WHERE outbox.id = ? AND lane = 2 AND kind = 'news' AND key = 'on'
"""
