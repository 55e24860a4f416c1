"""Templates whose constant texts are translated when they are compiled, not at every rendering."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

# What takes constant texts: gettext as the templates call it, and with a context before the text.
TRANSLATES = {"_": "gettext", "pgettext": "pgettext"}


class Translation(NodeTransformer):
    """Puts the translation in place of a call on constant texts."""

    def __init__(self, environment: Environment) -> None:
        """Translate with what the environment has installed."""
        self._translate: Any = environment.globals

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's own naming
        """Translate a call; any other keeps its arguments, each visited."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        given = [each.value for each in node.args if isinstance(each, nodes.Const)]
        if name not in TRANSLATES or not given or len(given) < len(node.args) or node.kwargs:
            return node
        return nodes.Const(self._translate[TRANSLATES[name]](*given))


class TranslatedTemplates(Environment):
    """An environment of one language."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = Translation(self).visit(super()._parse(source, name, filename))
        return parsed
