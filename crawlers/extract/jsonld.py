"""JSON-LD blocks to nodes (JSON-LD 1.1, as far as schema.org pages use it)."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from crawlers.extract.items import JSON_LD, Problem
from crawlers.extract.node import Node
from crawlers.extract.repair import DEPTH_LIMIT, UnreadableJsonError, read_json
from crawlers.extract.schema import TYPE_BY_ROLE, property_name, type_name
from crawlers.extract.tree import Element

BLOCK_LIMIT = 1_000
NODE_LIMIT = 20_000
_MARKS = ("ld+json", "json+ld")
# A truth value is a number, too.
_PLAIN = (str, int, float)


def read_json_ld(texts: Iterable[str], problems: list[Problem]) -> list[Node]:
    """Return every node of the page's blocks, holders before what they hold."""
    reader = _Reader(problems)
    for count, text in enumerate(texts):
        if count >= BLOCK_LIMIT:
            problems.append(Problem("too-many-blocks", str(BLOCK_LIMIT)))
            break
        try:
            values = read_json(text)
        except UnreadableJsonError as error:
            problems.append(Problem(str(error), " ".join(text[:60].split())))
            continue
        for value in values:
            reader.top(_once_more(value))
    return reader.nodes


def blocks_of(root: Element) -> Iterator[str]:
    """Yield the texts of the page's JSON-LD scripts."""
    for script in root.iter("script"):
        kind = script.get("type")
        if kind and script.text and any(mark in kind.casefold() for mark in _MARKS):
            yield script.text


def _once_more(value: Any) -> Any:
    """Return what a block holds whose JSON was written as one JSON string."""
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        with suppress(UnreadableJsonError):
            return read_json(value)
    return value


class _Reader:
    """Turns JSON values into nodes, within one bound for the whole page."""

    def __init__(self, problems: list[Problem]) -> None:
        self.nodes: list[Node] = []
        self._problems = problems
        self._full = False

    def top(self, value: Any) -> None:
        """Read a block's value: a thing, or a list of things."""
        for one in _members(value):
            if isinstance(one, dict):
                self._node(one, None, 0)

    def _node(self, source: dict[str, Any], role: str | None, depth: int) -> Node | None:
        if len(self.nodes) >= NODE_LIMIT or depth > DEPTH_LIMIT:
            if not self._full:
                self._problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
            self._full = True
            return None
        node = Node(JSON_LD, _types(source, role), _identifier(source))
        self.nodes.append(node)
        for key, value in source.items():
            if key == "@graph":
                self.top(value)
            elif key == "@reverse" and isinstance(value, dict):
                self._reversed(node, value, depth)
            elif not key.startswith("@") and (name := property_name(key)):
                self._add(node, name, value, depth)
        return node

    def _add(self, node: Node, name: str, value: Any, depth: int) -> None:
        if isinstance(value, _PLAIN):
            node.add(name, value)
            return
        for one in _members(value):
            if isinstance(one, dict):
                if (held := self._node(one, name, depth + 1)) is not None:
                    node.add(name, held)
            elif isinstance(one, _PLAIN):
                node.add(name, one)

    def _reversed(self, node: Node, source: dict[str, Any], depth: int) -> None:
        for key, value in source.items():
            name = property_name(key)
            for one in value if isinstance(value, list) else [value]:
                if name and isinstance(one, dict) and (other := self._node(one, None, depth + 1)):
                    other.props.setdefault(name, []).append(node)


def _members(value: Any, depth: int = 0) -> Iterator[Any]:
    """Yield a value, or what its list, ``@list``, ``@set`` or ``@value`` holds."""
    if isinstance(value, dict):
        for container in ("@value", "@list", "@set"):
            if container in value:
                value = value[container]
                break
        else:
            if value and all(map(str.isdigit, value)):
                # PHP writes a list with gaps as an object.
                value = list(value.values())
    if isinstance(value, list) and depth < DEPTH_LIMIT:
        for one in value:
            yield from _members(one, depth + 1)
    elif not isinstance(value, list):
        yield value


def _types(source: dict[str, Any], role: str | None) -> tuple[str, ...]:
    stated = source.get("@type", source.get("type"))
    extra = source.get("additionalType")
    if extra is None and isinstance(stated, str) and (name := type_name(stated)):
        return (name,)
    names = [
        name
        for value in (stated, extra)
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, str) and (name := type_name(one))
    ]
    if not names and role in TYPE_BY_ROLE and not _is_reference(source):
        names = [TYPE_BY_ROLE[role]]
    return tuple(dict.fromkeys(names))


def _is_reference(source: dict[str, Any]) -> bool:
    return set(source) <= {"@id", "id", "@type", "type"}


def _identifier(source: dict[str, Any]) -> str | None:
    value = source.get("@id", source.get("id"))
    return value.strip() or None if isinstance(value, str) else None
