"""The address that tries another rule on the history: a question with a body."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.commands.parsing import parse_json
from api.commands.routes import body_of
from api.commands.schemas import body_type
from api.http.auth import only_for
from api.http.problems import Unreadable
from api.http.wrong_parts import wrong_parts_in
from api.queries.openapi_answers import answers
from api.queries.openapi_parameters import parameters as described
from api.queries.respond import respond
from api.queries.snapshot import reach
from api.resources.what_if import WHAT_IF
from domain.benefits.proposed_rules import ProposedRate, ProposedRule
from domain.benefits.schemes import Formula
from domain.kernel.ids import Month, MonthsAfterDeath, SchemeId
from projections.disclosure.clearance import CLOSE, OfficeReader


class WhatIfBody(msgspec.Struct, frozen=True, kw_only=True):
    """A scheme, the months that are looked at, and what would be other than in the scheme."""

    scheme: SchemeId
    from_: Month | None = None
    to: Month | None = None
    rates: tuple[ProposedRate, ...] = ()
    formula: Formula | None = None
    after_death_months: MonthsAfterDeath | None = None


BODY: TypeAdapter[WhatIfBody] = TypeAdapter(body_type(WhatIfBody))


def body_schema() -> dict[str, Any]:
    """Return the schema of a question, whole by itself."""
    schema = BODY.json_schema()
    parts = schema.pop("$defs", {})

    def within(said: Any) -> Any:
        if isinstance(said, list):
            return [within(each) for each in said]
        if not isinstance(said, dict):
            return said
        if "$ref" in said:
            return within(parts[said["$ref"].rpartition("/")[2]])
        return {name: within(each) for name, each in said.items()}

    whole: dict[str, Any] = within(schema)
    return whole


Reading = Annotated[OfficeReader, Depends(only_for(CLOSE))]
router = APIRouter(tags=["office"])


@router.post(
    "/v1/what-if",
    summary=WHAT_IF.summary,
    response_model=None,
    openapi_extra={
        "parameters": described(WHAT_IF),
        "responses": answers(WHAT_IF, "office", ("json",)),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": body_schema()}},
        },
    },
)
async def what_if(request: Request, reader: Reading) -> Response:
    """Answer with the difference list and the sums."""
    context = WHAT_IF.read(request, "office", reader=reader)
    body = await body_of(request)
    asked = read_body(body)
    single = {"scheme": asked.scheme, "from": asked.from_, "to": asked.to, "rule": rule_of(asked)}
    context = replace(context, single={**context.single, **single})
    await reach(context, WHAT_IF.views)
    return await run_in_threadpool(respond, context, WHAT_IF)


def read_body(body: bytes) -> WhatIfBody:
    """Read a question; all that is wrong is said together."""
    try:
        return BODY.validate_python(parse_json(body))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise Unreadable(*wrong_parts_in(found)) from None


def rule_of(asked: WhatIfBody) -> ProposedRule:
    """Return the rule of a question."""
    return ProposedRule(
        rates=asked.rates,
        formula=asked.formula,
        after_death_months=asked.after_death_months,
    )
