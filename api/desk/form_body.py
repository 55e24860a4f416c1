"""The fields of a form that a browser sent."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from api.http.problems import MediaType, TooLarge, Unreadable
from api.http.wrong_parts import WrongPart
from domain.kernel.sentences import Sentence

MOST_BYTES = 2**20
MOST_FIELDS = 5000
FORM = "application/x-www-form-urlencoded"


async def fields_of(request: Request) -> dict[str, str]:
    """Read the fields of a form; of one that stands twice the last counts.

    `MediaType` where it is no form, `TooLarge` beyond 1 MiB, `Unreadable` beyond 5,000 fields.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        raise MediaType("send the form of the page: {wanted}, not {found}", wanted=FORM,
                        found=media[:60])  # fmt: skip
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            raise TooLarge("a form has at most {most} bytes", most=str(MOST_BYTES))
        parts.append(part)
    try:
        pairs = parse_qsl(
            b"".join(parts).decode(),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise Unreadable(
            WrongPart(
                "", Sentence("a form is UTF-8 and has at most {most} fields", most=str(MOST_FIELDS))
            )
        ) from None
    return dict(pairs)
