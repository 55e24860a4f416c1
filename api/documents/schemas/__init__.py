"""The schemas of the records' `data`: a file for each topic, version and zone, and its address.

`python -m scripts.schemas` writes the files; a file's name is its urn's, with `.` for `:`.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.caching import unchanged
from api.http.problems import NotFound
from api.queries.formats import as_json
from projections.disclosure.cloud_event import URN
from projections.disclosure.schemas import Named

FOLDER = Path(__file__).parent
ADDRESS = "/open/v1/schemas"
MEDIA_TYPE = "application/schema+json"

router = APIRouter(prefix=ADDRESS, tags=["feed"])


class StaticAnswer(NamedTuple):
    """An answer that stays until the next release, and what tells it from another."""

    body: bytes
    etag: str


def file_of(named: Named) -> str:
    """Return the name of a schema's file."""
    urn: str = named.schema["$id"]
    return f"{urn.removeprefix(URN).replace(':', '.')}.json"


@cache
def published() -> dict[str, dict[str, Any]]:
    """Return every schema by its address, in order of their names."""
    schemas = (json.loads(file.read_bytes()) for file in sorted(FOLDER.glob("*.json")))
    return {schema["$id"].removeprefix(URN).replace(":", "/"): schema for schema in schemas}


@cache
def kept(address: str) -> StaticAnswer:
    """Return the answer of an address: a schema, or at the root the list of all."""
    schemas = published()
    if address and address not in schemas:
        raise NotFound(
            "there is no schema {address}; {list} lists them", address=address, list=ADDRESS
        )
    body = as_json(schemas[address] if address else [entry(each) for each in schemas])
    return StaticAnswer(body, f'"{sha256(body).hexdigest()[:32]}"')


def entry(address: str) -> dict[str, Any]:
    """Return what the list says of a schema."""
    *zone, topic, version = address.split("/")
    return {
        "topic": topic,
        "version": int(version),
        "zone": "public" if zone or topic == "commitment" else "full",
        "url": f"{ADDRESS}/{address}",
    }


@router.get("", summary="Every schema of the feed: its topic, version, zone and address.")
def schemas(request: Request) -> Response:
    """List the schemas."""
    return answer(request, kept(""), "application/json")


@router.get("/{topic}/{version}", summary="What the full zone's records of a topic hold.")
def full(request: Request, topic: str, version: str) -> Response:
    """Return a schema of the full zone; its urn ends in `<topic>:<version>`."""
    return answer(request, kept(f"{topic}/{version}"), MEDIA_TYPE)


@router.get("/public/{topic}/{version}", summary="What the public records of a topic hold.")
def public(request: Request, topic: str, version: str) -> Response:
    """Return a schema of the public zone; its urn ends in `public:<topic>:<version>`."""
    return answer(request, kept(f"public/{topic}/{version}"), MEDIA_TYPE)


def answer(request: Request, found: StaticAnswer, media: str) -> Response:
    """Answer, or say that it is still the same."""
    headers = {
        "ETag": found.etag,
        "Cache-Control": "public, max-age=3600",
        "Access-Control-Allow-Origin": "*",
    }
    if unchanged(request, found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=media, headers=headers)
