"""Checks an evidence binder: python check_binder.py BINDER.zip (nothing but Python is needed).

Each file is what the index says; each payment was made once, checked by others, in the log's order.
"""

import hashlib
import json
import sys
import zipfile
from typing import Any

# Who did the first may not do the second on the same subject.
APART = {
    "pay-run.approved": "pay-run.drawn-up",
    "pay-run.chunk-released": "pay-run.drawn-up",
    "entitlement.granted": "entitlement.applied",
    "grant.awarded": "grant.applied",
}


def faults(binder: zipfile.ZipFile) -> list[str]:
    """Return what is wrong with a binder."""
    index = json.loads(binder.read("index.json"))
    found = [
        f"{name}: its SHA-256 is not that of the index"
        for name, digest in index["files"].items()
        if hashlib.sha256(binder.read(name)).hexdigest() != digest
    ]
    if {*binder.namelist()} != {*index["files"], "index.json"}:
        found.append("there are files that the index does not name")
    for row in index["rows"]:
        chain = json.loads(binder.read(f"{row['pick']}/chain.json"))
        if (chain["pick"], chain["amount"]) != (row["pick"], row["amount"]):
            found.append(f"{row['pick']}: the chain is of another pick or amount")
        found += [f"{row['pick']}: {fault}" for fault in of_chain(chain)]
    return found


def of_chain(chain: dict[str, Any]) -> list[str]:
    """Return what is wrong with a chain."""
    acts, found = chain["acts"], []
    if [act["position"] for act in acts] != sorted({act["position"] for act in acts}):
        found.append("the acts are not in the order of the log")
    by = {(act["topic"], act["subject"]): act["by"] for act in acts}
    for (topic, subject), who in by.items():
        if by.get((APART.get(topic), subject)) == who:
            found.append(f"{who} did both {APART[topic]} and {topic} on {subject}")
    if "payment" in chain:
        if [act["topic"] for act in acts].count("payment.made") != 1:
            found.append("the payment was not made once")
        if not (chain["rate"] or {}).get("authority"):
            found.append("the rate names no authority")
    return found


if __name__ == "__main__":
    wrong = faults(zipfile.ZipFile(sys.argv[1]))
    sys.stdout.write("\n".join(wrong or ["every chain holds"]) + "\n")
    sys.exit(bool(wrong))
