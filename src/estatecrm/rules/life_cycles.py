"""The shape `LifeCycle`: a table of moves whose mistakes are refused when the class is defined."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar, final

from attrs import frozen

from estatecrm.decisions import Decision, Step
from estatecrm.errors import InvalidRule
from estatecrm.rules.base import Rule

F = TypeVar("F")
S = TypeVar("S", bound=Enum)


@frozen
class Move(Generic[S]):
    """One move: its name, from where to where, and the names of the questions that must be met."""

    name: str
    source: S
    target: S
    guards: tuple[str, ...] = ()


@frozen(slots=False)
class LifeCycle(Rule, Generic[F, S], shape=True):
    """
    How something passes from state to state.

    *moves* is the whole table; whatever it does not list is refused.
    """

    initial: ClassVar[Enum]
    moves: ClassVar[tuple[Move[Any], ...]]  # a class variable cannot name the S of its class

    def __init_subclass__(cls, *, shape: bool = False) -> None:
        super().__init_subclass__(shape=shape)
        faults = [] if shape else list(_table_faults(cls))
        if faults:
            raise InvalidRule(f"{cls.__qualname__} cannot work:\n" + "\n".join(f"- {fault}" for fault in faults))

    def state(self, facts: F, /) -> S:
        """Where the case stands now."""
        raise NotImplementedError

    @final
    def move(self, name: str, facts: F, /) -> Decision[S]:
        """The state after the move *name*, or why it is refused and which moves are open."""
        state = self.state(facts)
        move = next((move for move in self.moves if move.name == name and move.source is state), None)
        conditions = [
            self.condition(
                "life.move_open", move is not None, move=name, state=state, open=tuple(sorted(self.open_moves(state)))
            )
        ]
        conditions += [getattr(self, guard)(facts) for guard in (move.guards if move else ())]
        granted = all(condition.met for condition in conditions)
        working = (Step("life.moved", move.target, (("from", state),)),) if granted and move else ()
        target = move.target if granted and move else None
        return Decision(self.name(), self.entry, self.edition, granted, tuple(conditions), working, target)

    @final
    def open_moves(self, state: S, /) -> tuple[str, ...]:
        """The names of the moves that lead on from *state*."""
        return tuple(move.name for move in self.moves if move.source is state)

    @classmethod
    @final
    def diagram(cls) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {cls.initial.value}"]
        lines += [f"    {move.source.value} --> {move.target.value}: {move.name}" for move in cls.moves]
        return "\n".join(lines)


def _table_faults(cls: type[LifeCycle[F, S]]) -> Iterator[str]:
    initial, moves = getattr(cls, "initial", None), getattr(cls, "moves", ())
    if initial is None or not moves:
        yield "a life cycle needs its initial state and its moves"
        return
    seen: set[tuple[str, Enum]] = set()
    for move in moves:
        if (move.name, move.source) in seen:
            yield f"the move {move.name} leaves {move.source.value} twice"
        seen.add((move.name, move.source))
        for guard in move.guards:
            if not callable(getattr(cls, guard, None)):
                yield f"the move {move.name} asks {guard}, which is no question of the class"
    states: type[Enum] = type(initial)
    reached, grown = {initial}, True
    while grown:
        onward = {move.target for move in moves if move.source in reached}
        grown = not onward <= reached
        reached |= onward
    for lost in sorted(state.value for state in states if state not in reached):
        yield f"no move leads to {lost}"
