"""Holding sources while a batch runs: a short claim, renewed, so that a dead holder frees them."""

import logging
import os
import socket
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from vigie.clock import now
from vigie.store import Source
from vigie.store.source import claim_source

logger = logging.getLogger(__name__)
LEASE_S = 600.0
BEAT_S = LEASE_S / 5


class Lease:
    """The claims of one batch, renewed by a thread from ``with`` to its end."""

    def __init__(self, factory: sessionmaker[Session]) -> None:
        self._factory = factory
        self._holder = f"{socket.gethostname()[:32]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._over = Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def claim(self, session: Session, source_id: int) -> bool:
        """Claim a source, unless another holds it."""
        until = now() + timedelta(seconds=LEASE_S)
        return claim_source(session, source_id, self._holder, until)

    def renew(self) -> None:
        """Hold what is still claimed for another while."""
        with self._factory.begin() as session:
            session.execute(
                update(Source)
                .where(Source.claimed_by == self._holder)
                .values(claimed_until=now() + timedelta(seconds=LEASE_S))
            )

    def _beat(self) -> None:
        while not self._over.wait(BEAT_S):
            try:
                self.renew()
            except DatabaseError:
                # The next beat comes well before the claims end.
                logger.warning("the claims of %s could not be renewed", self._holder)
