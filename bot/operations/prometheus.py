"""How things stand, in the format of Prometheus. Each metric is explained in `docs/operations.md`.

Made when it is asked for, from plain counts: a process that nobody watches pays nothing for it.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.operations.counters import BOUNDS
from bot.operations.status import WAITING, Kept, Status, law_age

__all__ = ["CONTENT_TYPE", "page"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def page(status: Status) -> bytes:
    """The page that Prometheus reads."""
    snapshot = Snapshot(status, await status.kept(), await status.health.unready() is None, await status.store.quota())
    registry = CollectorRegistry()
    registry.register(snapshot)
    ProcessCollector(registry=registry)
    return generate_latest(registry)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot(Collector):
    """One page's worth of metrics."""

    status: Status
    kept: Kept | None
    ready: bool
    quota: float

    def collect(self) -> Iterator[Metric]:
        yield from self._process()
        yield from self._turns()
        yield self._gauge("store_up", "1 if the store answers.", float(self.kept is not None))
        if self.kept is not None:
            yield from self._kept(self.kept)
        yield from self._law()

    def _process(self) -> Iterator[Metric]:
        status = self.status
        build = GaugeMetricFamily(
            "allie_build_info", "What runs here; always 1.", labels=["version", "python", "store", "telegram"]
        )
        build.add_metric([status.version, platform.python_version(), status.engine, status.way], 1)
        yield build
        yield self._gauge("ready", "1 if turns can be taken.", float(self.ready))
        yield self._gauge("send_quota", "This process's quota of what Telegram allows.", self.quota)
        failing = self.status.health.failures
        yield self._gauge("work_failing", "Periodic work that failed the last time.", len(failing))
        elected = GaugeMetricFamily(
            "allie_elected", "1 if this process does this periodic work for all of them.", labels=["role"]
        )
        for role, is_ours in status.roles().items():
            elected.add_metric([role], float(is_ours))
        yield elected

    def _turns(self) -> Iterator[Metric]:
        counters = self.status.counters
        turns = CounterMetricFamily(
            "allie_turns", "Turns, by channel and what came of them.", labels=["channel", "outcome"]
        )
        for labels, count in sorted(counters.turns.items()):
            turns.add_metric(labels, count)
        yield turns
        classes, so_far = [], 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), counters.took, strict=True):
            so_far += count
            classes.append((bound, float(so_far)))
        took = HistogramMetricFamily("allie_turn_seconds", "How long turns took, commit included.")
        took.add_metric([], classes, counters.seconds)
        yield took
        replies = CounterMetricFamily(
            "allie_deliveries",
            "Attempts to deliver from the outbox, by channel and outcome.",
            labels=["channel", "outcome"],
        )
        for labels, count in sorted(counters.replies.items()):
            replies.add_metric(labels, count)
        yield replies

    def _kept(self, kept: Kept) -> Iterator[Metric]:
        for name, count in kept.counts.items():
            yield self._gauge(name, COUNTS.get(name, f"How many: {name}."), count)
        waiting = GaugeMetricFamily(
            "allie_outbox_waiting", "Messages that can be sent and are not yet.", labels=["channel", "what"]
        )
        oldest = GaugeMetricFamily(
            "allie_outbox_oldest_seconds", "The age of the oldest of these.", labels=["channel", "what"]
        )
        now = datetime.now(UTC)
        for queue in kept.waiting:
            labels = [queue.channel, WAITING[queue.priority]]
            waiting.add_metric(labels, queue.messages)
            oldest.add_metric(labels, max(0.0, (now - queue.oldest).total_seconds()))
        yield waiting
        yield oldest
        missions = kept.missions
        if missions is None:
            return
        yield self._gauge("missions", "Missions in the catalogue.", missions.missions)
        yield self._gauge("feed_failing", "1 if a feed was not read whole the last time.", missions.failing)
        if missions.read_on is not None:
            age = (now.date() - missions.read_on).days
            yield self._gauge("feed_age_days", "Days since a feed was read whole.", age)

    def _law(self) -> Iterator[Metric]:
        age = law_age(datetime.now(UTC).date())
        yield self._gauge("law_age_days", "Days since the oldest figure in force was checked.", age.days)
        yield self._gauge("law_behind", "Files of the law that are not known for today.", len(age.behind))

    @staticmethod
    def _gauge(name: str, meaning: str, value: float) -> Metric:
        return GaugeMetricFamily(f"allie_{name}", meaning, value=float(value))


COUNTS = {
    "sessions": "People of whom a conversation is kept.",
    "outbox": "Messages in the outbox, with those kept for people who left.",
    "stopped": "Of these, those kept for people who left.",
    "refused": "Replies set aside because a platform would not take them.",
    "parked": "Events set aside because their turn failed again and again.",
    "due": "Reminders to come.",
}
