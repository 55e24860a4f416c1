"""What tables and columns that several views share hold: the texts of docs/data-model.md."""

from typing import Final

# The key "" tells of the table itself.
POSITIONS: Final = {
    "": "How far each view has folded the log.",
    "view": "The name of the view.",
    "position": "All events up to this position are folded.",
    "stopped": "The error that stopped the view, null while it goes on.",
    "built": "How often its tables were made anew: numbers remembered of earlier ones are void.",
    "shape": "A hash of the layout that its tables have.",
}
NUMBER: Final = "The number that stands for these texts in other tables."
ACCOUNT: Final = {
    "account": "The account, such as spent:lottery:general:dibao.",
    "unit": "What it counts: fen, or pieces of a kind.",
    "class": "The first part of the account: available, committed, spent ...",
    "fund": "The fund of the account, without `fund:`.",
    "earmark": "The earmark of the account.",
    "detail": "What follows the earmark in the account.",
    "programme": "The programme of the account, if it names one.",
}
