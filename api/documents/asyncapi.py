"""AsyncAPI 3.0: the feed and Kafka's topics, described from the code that makes them.

It is whole by itself: payloads refer to schemas within it. It names no host: who reads it has found
the server, and the operator says where the broker is.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.documents import schemas
from api.documents.schemas import StaticAnswer
from api.feed import feed, routes
from api.http.caching import edition
from api.http.negotiation import MEDIA
from api.http.state import ledger_of
from api.queries.formats import as_json
from api.queries.openapi_parameters import PREFIXES, described
from infra.kafka.messages import header_name, topic_of
from infra.kafka.topics import MADE
from projections.disclosure import OUTSIDE, Zone
from projections.disclosure.cloud_event import BARE, URN
from projections.disclosure.schemas import TEXT, array, thing

Node = dict[str, Any]

SAYS: Final[dict[Zone, str]] = {
    "office": "everything, for subscribers and auditors",
    "open": "what everybody may see; an event that shows nothing is there with its commitment",
}
HTTP, KAFKA = "0.3.0", "0.5.0"
BROKER = "The broker that the operator relays to; who may read there, and how, he says."
NUMBERS = {"retention.ms", "retention.bytes", "max.message.bytes"}
ANY_TYPE = {"type": "string", "pattern": "^[a-z-]+([.][a-z-]+)?[.]v[1-9][0-9]*$"}
SEQUENCE = "The event's position: 1, 2, 3 ... without holes, in every form and both zones."
LEDGER = "The id of the ledger; two ledgers of one jurisdiction have events of the same ids."
KEY = (
    "The `partitionkey`: the event's subject, for a payment its run, in public `commitment` where"
    " nothing is shown. Its events stay in order."
)
READ = (
    "Read with `isolation.level=read_committed`: each event is there exactly once, in order per"
    " key; the `ce_sequence` of all partitions together is 1, 2, 3 ... without holes."
)
FRAME = (
    "`id` is the position, `event` the topic without its version, `data` the record; a comment"
    " comes every 15 s."
)
FORMS: Final[dict[str, tuple[str, str]]] = {
    "pages": (MEDIA["json"], "A page; ask again with `after` = `next` until `next` = `head`."),
    "lines": (MEDIA["jsonl"], "One record a line, up to the head of the log, then it ends."),
    "live": (
        MEDIA["sse"],
        (
            f"Server-sent events without end. {FRAME}"
            f" `{routes.RESUME}` resumes and goes before `after`."
        ),
    ),
}

router = APIRouter(tags=["operations"])


class RecordKind(NamedTuple):
    """One kind of record: what it is called, what its `type` is, and its schema's address."""

    name: str
    type: Node
    address: str

    @property
    def payload(self) -> Node:
        """Point to the schema of its data."""
        return ref(f"components/schemas/{key_of(self.address)}")

    @property
    def urn(self) -> str:
        """Return what its records name as their schema."""
        return URN + self.address.replace("/", ":")


@router.get("/asyncapi.json", summary="The feed and the topics, in AsyncAPI 3.0.")
def asyncapi(request: Request) -> Response:
    """Describe how to subscribe."""
    found = kept(ledger_of(request).settings.jurisdiction)
    return schemas.answer(request, found, MEDIA["json"])


@cache
def kept(jurisdiction: str) -> StaticAnswer:
    """Return the answer, which stays until the next release."""
    body = as_json(document(jurisdiction))
    return StaticAnswer(body, f'"{sha256(body).hexdigest()[:32]}"')


def document(jurisdiction: str) -> Node:
    """Describe the feed and the topics of a ledger, both zones."""
    channels: Node = {}
    operations: Node = {}
    messages: Node = {}
    for zone in OUTSIDE:
        for name, made in records(zone).items():
            messages[f"{OUTSIDE[zone]}-feed.{name}"] = record_message(made)
            messages[f"{OUTSIDE[zone]}-topic.{name}"] = topic_message(made)
        messages[f"{OUTSIDE[zone]}-page"] = page_message(zone)
        channels |= channels_of(zone, jurisdiction)
        operations |= operations_of(zone)
    return {
        "asyncapi": "3.0.0",
        "id": f"urn:mingzhang:{jurisdiction}",
        "info": {
            "title": "Mingzhang 明账",
            "version": edition(),
            "description": "Every event of the ledger, once and in order, as CloudEvents 1.0.",
        },
        "defaultContentType": MEDIA["json"],
        "servers": servers(),
        "channels": channels,
        "operations": operations,
        "components": {
            "messages": messages,
            "schemas": envelopes(jurisdiction) | payloads(),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def payloads() -> Node:
    """Return the schemas of what records hold, both zones."""
    return {key_of(address): schema for address, schema in schemas.published().items()}


def key_of(address: str) -> str:
    """Name a schema in this document: `fund.opened.v1`, `public.fund.opened.v1`."""
    *zone, topic, version = address.split("/")
    return ".".join([*zone, topic, f"v{version}"])


def servers() -> Node:
    """Name the server and the broker by what is to be filled in."""
    where = {"description": "Where this document was found.", "default": "127.0.0.1:8000"}
    broker = {"description": BROKER, "default": "127.0.0.1:9092"}
    return {
        "feed": {"host": "{server}", "protocol": "http", "variables": {"server": where}},
        "kafka": {"host": "{broker}", "protocol": "kafka", "variables": {"broker": broker}},
    }


def records(zone: Zone) -> dict[str, RecordKind]:
    """Return the kinds of records of a zone by their names, `<topic>.v<version>`."""
    found = {}
    for address in schemas.published():
        *public, topic, version = address.split("/")
        if (bool(public) or topic == BARE) == (zone == "open"):
            name = f"{topic}.v{version}"
            found[name] = RecordKind(name, {"const": name}, address)
    return found


def channels_of(zone: Zone, jurisdiction: str) -> Node:
    """Describe where a zone's events are: the feed, by records and by pages, and the topic."""
    name, kinds = OUTSIDE[zone], records(zone)
    path, topic = f"{PREFIXES[zone]}/events", topic_of(jurisdiction, zone)
    settings = {key: int(value) if key in NUMBERS else [value] for key, value in MADE.items()}
    kafka = {"topic": topic, "topicConfiguration": settings, "bindingVersion": KAFKA}
    in_feed = {kind: ref(f"components/messages/{name}-feed.{kind}") for kind in kinds}
    in_topic = {kind: ref(f"components/messages/{name}-topic.{kind}") for kind in kinds}
    in_pages = {"page": ref(f"components/messages/{name}-page")}
    return {
        f"{name}-feed": channel(path, "feed", f"The {name} feed: {SAYS[zone]}.", in_feed),
        f"{name}-pages": channel(path, "feed", f"The {name} feed in pages.", in_pages),
        f"{name}-topic": channel(topic, "kafka", f"The {name} topic: {SAYS[zone]}.", in_topic)
        | {"bindings": {"kafka": kafka}},
    }


def channel(address: str, server: str, says: str, messages: Node) -> Node:
    """Describe a channel."""
    return {
        "address": address,
        "servers": [ref(f"servers/{server}")],
        "description": says,
        "messages": messages,
    }


def operations_of(zone: Zone) -> Node:
    """Describe what the ledger sends of a zone, and how it is asked for."""
    name = OUTSIDE[zone]
    asked = {"http": {"method": "GET", "query": thing(query()), "bindingVersion": HTTP}}
    guarded = {"security": [ref("components/securitySchemes/bearer")]} if zone == "office" else {}
    made: Node = {}
    for form, (media, says) in FORMS.items():
        place = f"channels/{name}-{'pages' if form == 'pages' else 'feed'}"
        said = {"action": "send", "channel": ref(place), "bindings": asked, "x-accept": media}
        made[f"{name}-{form}"] = said | guarded | {"description": f"Accept `{media}`. {says}"}
    relay = {"action": "send", "channel": ref(f"channels/{name}-topic"), "description": READ}
    return made | {f"{name}-relay": relay}


def query() -> Node:
    """Describe what may be asked of the feed."""
    found = {
        each["name"]: each["schema"] | {"description": each["description"]}
        for each in described(feed.SINGLE, feed.FILTERS)
        if each["name"] in {*feed.SINGLE, *feed.FILTERS}
    }
    # In lists `after` is a cursor, here it is a number.
    found["after"] |= {"type": "integer", "minimum": 0, "default": 0}
    return found


def record_message(kind: RecordKind) -> Node:
    """Describe a record of the feed."""
    own = {"type": kind.type, "dataschema": {"const": kind.urn}, "data": kind.payload}
    payload = {"type": "object", "allOf": [ref("components/schemas/record"), thing(own)]}
    return {"name": kind.name, "contentType": MEDIA["json"], "payload": payload}


def topic_message(kind: RecordKind) -> Node:
    """Describe a record of a topic: CloudEvents' binary mode, the value is the `data` alone."""
    own = {header_name("type"): kind.type, header_name("dataschema"): {"const": kind.urn}}
    key = TEXT | {"description": KEY}
    return {
        "name": kind.name,
        "contentType": MEDIA["json"],
        "headers": {"type": "object", "allOf": [ref("components/schemas/headers"), thing(own)]},
        "payload": kind.payload,
        "bindings": {"kafka": {"key": key, "bindingVersion": KAFKA}},
    }


def page_message(zone: Zone) -> Node:
    """Describe a page of the feed."""
    each = array(ref("components/schemas/record"))
    payload = routes.PAGE | {"properties": routes.PAGE["properties"] | {"rows": each}}
    return {"name": f"{OUTSIDE[zone]}-page", "contentType": MEDIA["json"], "payload": payload}


def envelopes(jurisdiction: str) -> Node:
    """Describe what stands around the data of every event: in a record, and as Kafka's headers."""
    attributes = {
        "datacontenttype": {"const": MEDIA["json"]},
        "dataschema": TEXT,
        "id": TEXT | {"pattern": f"^{jurisdiction}/[1-9][0-9]*$"},
        "ledgerid": TEXT | {"format": "uuid", "description": LEDGER},
        "partitionkey": TEXT | {"description": KEY},
        "sequence": TEXT | {"pattern": "^[1-9][0-9]*$", "description": SEQUENCE},
        "source": {"const": f"/{jurisdiction}"},
        "specversion": {"const": "1.0"},
        "subject": TEXT,
        "time": TEXT | {"format": "date-time"},
        "type": ANY_TYPE,
    }
    record = attributes | {"data": {"type": "object"}}
    headers = {header_name(name): schema for name, schema in attributes.items()}
    return {"record": thing(record, [*record]), "headers": thing(headers, [*headers])}


def ref(place: str) -> Node:
    """Point to another place in the document."""
    return {"$ref": f"#/{place}"}
