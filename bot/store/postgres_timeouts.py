"""How a process and PostgreSQL notice that the other is not there any more: within seconds, on both sides."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from typing import Any

import psycopg

__all__ = ["ANSWERED_WITHIN", "OF_A_REPLICA", "cut", "hurried", "session"]

ANSWERED_WITHIN = 10.0
"""Seconds that the database has for an answer. A statement that waits for a lock gives up long before."""

SESSION = (
    "-c lock_timeout=2000 -c statement_timeout=8000 -c idle_in_transaction_session_timeout=8000 "
    "-c client_connection_check_interval=2000 -c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 "
    "-c tcp_keepalives_count=3 -c tcp_user_timeout=8000"
)
"""What every connection asks of the server: to wait for nobody long, and to let go of what a vanished host held."""

IN_ALL = " -c transaction_timeout=9000"
"""From PostgreSQL 17 on. The driver's last word of a pipeline disarms the limit on an idle transaction, not this."""

OF_A_REPLICA = f"{SESSION} -c idle_session_timeout=10000"
"""The same for the connection that says every second that this process is alive: elections end with it."""


def session(server_version: int) -> str:
    """What a turn's connection asks of a server of this version."""
    return SESSION + IN_ALL if server_version >= 170_000 else SESSION


@contextlib.contextmanager
def hurried(connection: psycopg.AsyncConnection[Any], within: float = ANSWERED_WITHIN) -> Iterator[None]:
    """Have what is asked of the database inside fail as on a lost connection if it takes too long to answer."""
    watch = asyncio.get_running_loop().call_later(within, cut, connection)
    try:
        yield
    finally:
        watch.cancel()


def cut(connection: psycopg.AsyncConnection[Any]) -> None:
    """End the connection under the driver's hands: it then says what it says of every lost one."""
    with (
        contextlib.suppress(OSError, psycopg.OperationalError),
        socket.socket(fileno=os.dup(connection.fileno())) as wire,
    ):
        wire.shutdown(socket.SHUT_RDWR)
