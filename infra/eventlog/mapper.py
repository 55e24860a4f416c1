"""Between domain events and stored events: JSON bytes, and `<topic>.v<version>` as the name."""

from __future__ import annotations

from typing import Any

import msgspec
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent

from domain import decode
from domain.kernel.aggregate import Event, stored_name

ENCODER = msgspec.json.Encoder()


OPENING = b'{"originator_id":"'


def after_id(event: Event) -> bytes:
    """Return an event's state behind its subject: OPENING, a subject and this are its likes."""
    state = ENCODER.encode(event)
    before = OPENING + event.originator_id.encode()
    if not state.startswith(before + b'"'):
        raise ValueError(f"{event.originator_id} does not begin the state of {event.TOPIC}")
    return state[len(before) :]


class StructMapper(Mapper[str]):
    """The library's extension point (MAPPER_TOPIC): msgspec structs in place of its JSON."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Encode an event."""
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=stored_name(type(domain_event)),
            state=ENCODER.encode(domain_event),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Decode an event; an unknown topic or an unreadable state is an error of the program."""
        try:
            return decode(stored_event.topic, stored_event.state)
        except (KeyError, msgspec.DecodeError) as error:
            raise MapperDeserialisationError(
                f"{stored_event.originator_id} version {stored_event.originator_version}, "
                f"topic {stored_event.topic}: {error}"
            ) from error
