"""An evidence binder (证据册): for each pick of a sample its chain, as JSON and as PDF, in one ZIP.

`index.json` says how the sample was drawn and has the SHA-256 of each file beside it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.audit.zip_stream import ZipStream
from api.queries import printed_page
from domain.kernel.sentences import FEN_A_YUAN
from infra.audit.samples import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.audit.evidence_chain import ChainReader
    from infra.audit.samples import DrawnSample, SampleTerms

TEMPLATES = Path(__file__).parent / "templates"


def binder(terms: SampleTerms, sample: DrawnSample, reader: ChainReader) -> Iterator[bytes]:
    """Give the bytes of the ZIP, pick by pick; the index comes last, since it has the digests."""
    out = ZipStream()
    files: dict[str, str] = {}
    for pick in sample.picks:
        chain = json_of(reader.chain(pick))
        named = {f"{pick.pick}/chain.json": chain, f"{pick.pick}/chain.pdf": pdf_of(terms, chain)}
        for name, content in named.items():
            files[name] = hashlib.sha256(content).hexdigest()
            yield out.file(name, content)
    index = {
        **told(terms, sample),
        "rows": [
            {**pick._asdict(), "amount": {"value": pick.amount, "unit": "fen"}}
            for pick in sample.picks
        ],
        "files": files,
    }
    yield out.file("index.json", json_of(index))
    yield out.end()


def json_of(said: dict[str, Any]) -> bytes:
    """Write JSON that people read, too."""
    return json.dumps(said, ensure_ascii=False, indent=2, default=str).encode()


def pdf_of(terms: SampleTerms, chain: bytes) -> bytes:
    """Print a chain on A4; what is printed is what the JSON says."""
    page = printed_page.template(TEMPLATES, "chain.html")
    return printed_page.pdf(page.render(chain=json.loads(chain), sample=terms.id, yuan=yuan))


def yuan(quantity: dict[str, Any]) -> str:
    """Write a quantity: fen as 元 with two decimals."""
    if quantity["unit"] != "fen":
        return f"{quantity['value']} {quantity['unit']}"
    whole, cents = divmod(quantity["value"], FEN_A_YUAN)
    return f"{whole:,}.{cents:02} 元"
