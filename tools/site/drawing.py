"""
A life cycle as a picture, drawn from its table of moves while the site is built: nothing is fetched to show it.

The states stand in a row in their own order. A move to the next state is a straight arrow, one that skips states an
arc above, one that leads back an arc below, and one that stays a loop.
"""

from collections.abc import Iterator
from enum import Enum
from html import escape
from itertools import groupby

from attrs import frozen

from estatecrm.messages import Language, language
from estatecrm.rules.life_cycles import LifeCycle, Move
from estatecrm.rules.rulesets import DEVELOPER
from words import word

WIDE, HIGH, GAP = 112, 44, 96
ARC, LOOP = 46, 44


@frozen
class Edge:
    """All the moves from one state to another, by the states' places in the row."""

    source: int
    target: int
    label: str

    @property
    def span(self) -> int:
        """How many states further on it leads; negative where it leads back."""
        return self.target - self.source


def life_cycle(locale: str, name: str) -> str:
    """The picture of the life cycle called *name*, its moves as a table, and its Mermaid source."""
    return f"{picture(_called(name), language(locale))}\n\n{moves(locale, name)}"


def moves(locale: str, name: str) -> str:
    """The moves of the life cycle called *name* as a table, and its Mermaid source: for one too wide for a picture."""
    rule = _called(name)
    source = "\n".join(f"    {line}" for line in ["```text", *rule.diagram().splitlines(), "```"])
    folded = f'??? note "{word(locale, "mermaid")}"'
    return "\n".join([*_table(rule, language(locale), locale), "", folded, "", source])


def picture(rule: type[LifeCycle[object, Enum]], speak: Language) -> str:
    """The picture alone, as SVG that takes its colours from the page."""
    states = list(type(rule.initial))
    edges = list(_edges(rule, states, speak))
    above = LOOP + max((edge.span - 1 for edge in edges if edge.span > 1), default=0) * ARC + 24
    below = max((-edge.span for edge in edges if edge.span < 0), default=0) * ARC + 24
    width = len(states) * WIDE + (len(states) - 1) * GAP + 32
    parts = [_box(place, speak.value(state), above) for place, state in enumerate(states)]
    parts += [part for edge in edges for part in _arrow(edge, above)]
    title = escape(rule.entry.title)
    return (
        f'<svg class="life-cycle" role="img" aria-label="{title}" viewBox="0 0 {width} {above + HIGH + below}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z"/></marker></defs>{"".join(parts)}</svg>'
    )


def _called(name: str) -> type[LifeCycle[object, Enum]]:
    return next(type(rule) for _, rule in DEVELOPER.rules() if isinstance(rule, LifeCycle) and rule.name() == name)


def _edges(rule: type[LifeCycle[object, Enum]], states: list[Enum], speak: Language) -> Iterator[Edge]:
    def ends(move: Move[Enum]) -> tuple[int, int]:
        return states.index(move.source), states.index(move.target)

    for (source, target), moves in groupby(sorted(rule.moves, key=ends), key=ends):
        yield Edge(source, target, speak.joined(speak.named("move", move.name) for move in moves))


def _left(place: int) -> int:
    return 16 + place * (WIDE + GAP)


def _box(place: int, label: str, top: int) -> str:
    left = _left(place)
    return (
        f'<rect x="{left}" y="{top}" width="{WIDE}" height="{HIGH}" rx="6"/>'
        f"{_text(left + WIDE / 2, top + HIGH / 2 + 5, label)}"
    )


def _arrow(edge: Edge, top: int) -> Iterator[str]:
    if edge.span == 1:
        start, end, level = _left(edge.source) + WIDE, _left(edge.target), top + HIGH // 2
        yield _line(f"M{start} {level}H{end}")
        yield _text((start + end) / 2, level - 8, edge.label)
        return
    start, end = _left(edge.source) + WIDE // 2, _left(edge.target) + WIDE // 2
    if edge.span == 0:
        yield _line(f"M{start - 18} {top}c-10 {-LOOP} 46 {-LOOP} 36 0")
        yield _text(start, top - LOOP + 4, edge.label)
        return
    up = edge.span > 0
    side = top if up else top + HIGH
    height = (1 - edge.span if up else -edge.span) * ARC
    # The arcs that meet at a state lie side by side there, the longest outside.
    start, end = (start + 26, end - 42 + 8 * edge.span) if up else (start - 26, end + 42 + 8 * edge.span)
    pull = side + height * 4 // 3
    yield _line(f"M{start} {side}C{start} {pull} {end} {pull} {end} {side}")
    yield _text((start + end) / 2, side + height + (-6 if up else 15), edge.label)


def _line(path: str) -> str:
    return f'<path class="move" d="{path}" marker-end="url(#tip)"/>'


def _text(x: float, y: float, label: str) -> str:
    return f'<text x="{x:g}" y="{y:g}">{escape(label)}</text>'


def _table(rule: type[LifeCycle[object, Enum]], speak: Language, locale: str) -> Iterator[str]:
    yield "| " + " | ".join(word(locale, key) for key in ("move", "from", "to", "guards")) + " |"
    yield "|---|---|---|---|"
    for (called, target, asked), same in groupby(rule.moves, key=lambda move: (move.name, move.target, move.guards)):
        guards = ", ".join(f"`{guard}`" for guard in asked)
        name = f"{speak.named('move', called)} `{called}`"
        sources = speak.joined(speak.value(move.source) for move in same)
        yield f"| {name} | {sources} | {speak.value(target)} | {guards} |"
