"""When the platform may be called again, whoever asks and whatever the clock reads."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.send_rate_limiter import SendRateLimiter
from bot.send_limits import SendLimits


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 0.4), st.integers(0, 6), st.integers(1, 4), st.booleans()
        ),
        max_size=80,
    ),
    st.integers(1, 8),
    st.sampled_from([0.0, 100.0, 8_191.0, 1e6]),
)  # fmt: skip
def test_no_second_ever_holds_more_calls_than_allowed(asked, per_second, now):
    """Whoever asks when, for one call or several, in a chat or a group."""
    limiter = SendRateLimiter(SendLimits(per_second, 1.0, 3.0))
    made: list[tuple[float, str]] = []
    for wait, chat, calls, is_group in asked:
        name, gap = f"{'-' if is_group else ''}{chat}", 3.0 if is_group else 1.0
        now += wait
        moment = limiter.free_at(name, now, calls, is_group=is_group)
        assert moment >= now
        if moment > now + 5.0:
            continue
        now = moment
        limiter.take(name, now, calls, is_group=is_group)
        made += [(now + number * gap * 1.05, name) for number in range(calls)]
    times = sorted(at for at, _ in made)
    assert all(later - earlier >= 1.0 for earlier, later in zip(times, times[per_second:], strict=False))
    for name in {name for _, name in made}:
        own = sorted(at for at, to in made if to == name)
        gap = 3.0 if name.startswith("-") else 1.0
        assert all(later - earlier >= gap for earlier, later in pairwise(own))


def test_the_wait_for_room_ends_at_any_hour_of_the_clock():
    """A moment and an interval are added and taken away again: rounded, the sum would be waited for without end."""
    dice = random.Random(5)
    for _ in range(5_000):
        now = dice.uniform(0.0, dice.choice([1.0, 200.0, 8_200.0, 1e6]))
        limiter = SendRateLimiter(SendLimits(per_second=1))
        limiter.take("telegram:1", now)
        assert now + 1.0 <= limiter.free_at("telegram:2", now) <= now + 1.1


@given(now=st.floats(0, 1e7))
def test_with_room_for_it_a_webhook_reply_goes_whatever_the_clock_reads(now: float):
    assert SendRateLimiter(SendLimits()).take_now("telegram:1", now)


def test_a_webhook_reply_arrives_a_little_later_and_what_follows_counts_from_there():
    """Its turn is committed between the moment it is allowed and the moment the platform does it."""
    limiter = SendRateLimiter(SendLimits(3, 1.0, 3.0))
    assert [limiter.take_now(f"telegram:{number}", 10.0) for number in range(3)] == [True, True, False]
    limiter.take("telegram:2", 10.0)
    assert limiter.free_at("telegram:9", 10.0) >= 11.05
    assert limiter.free_at("telegram:0", 10.0) >= 11.1
    assert not limiter.take_now("telegram:9", 11.04)
    assert limiter.take_now("telegram:9", 11.2)


def test_webhook_replies_leave_a_third_of_the_room_to_what_can_be_sent_again():
    limiter = SendRateLimiter(SendLimits())
    assert sum(limiter.take_now(f"telegram:{number}", 5.0) for number in range(40)) == 20
    assert limiter.free_at("telegram:50", 5.0) == 5.0
    limiter = SendRateLimiter(SendLimits(30, 0.0, 0.0))
    limiter.quota = 1 / 3
    assert sum(limiter.take_now(f"telegram:{number}", 5.0) for number in range(40)) == 6


def test_a_webhook_reply_stays_further_from_the_last_call_to_a_person_than_one_that_can_be_sent_again():
    limiter = SendRateLimiter(SendLimits())
    limiter.take("telegram:1", 5.0)
    assert limiter.free_at("telegram:1", 6.1) == 6.1
    assert not limiter.take_now("telegram:1", 6.1)
    assert limiter.take_now("telegram:1", 7.1)


def test_after_a_call_that_was_turned_away_no_webhook_reply_goes_for_a_while():
    limiter = SendRateLimiter(SendLimits())
    limiter.turned_away(5.0)
    assert not limiter.take_now("telegram:1", 64.9)
    assert limiter.free_at("telegram:1", 5.0) == 5.0
    assert limiter.take_now("telegram:1", 65.1)


def test_a_webhook_reply_made_once_more_counts_by_the_limiter_s_own_limits():
    limiter = SendRateLimiter(SendLimits(per_second=1, chat_seconds=0.0))
    limiter.take_again("telegram:1", 10.0)
    assert limiter.chat_free_at("telegram:1") == pytest.approx(10.1, abs=1e-5)
    assert limiter.free_at("telegram:2", 10.0) >= 11.1
    limiter = SendRateLimiter(SendLimits())
    limiter.take_again("telegram:1", 10.0)
    assert limiter.chat_free_at("telegram:1") >= 11.1
