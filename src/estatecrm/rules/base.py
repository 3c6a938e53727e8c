"""
What every rule shares: its entry, its parameters with their origin, and the refusal of a rule that cannot work.

Policy stands on the class, collaborators in attrs fields. A subclass overrides a parameter by a plain class
attribute and a question by a method of the same name; whatever could miss its mark is refused when the class is
defined (`InvalidRule`), never ignored.
"""

from typing import ClassVar, Self, TypeVar, final

from attrs import evolve, field, frozen

from estatecrm.decisions import Condition, Step, Value
from estatecrm.policy import Entry
from estatecrm.rules.examination import examine
from estatecrm.rules.parameters import Parameter

T = TypeVar("T")
R = TypeVar("R", bound="Rule")


@frozen(slots=False)
class Rule:
    """
    The base of every rule; subclass a shape of `estatecrm.rules.shapes`, not this.

    Attributes:
        entry: the rulebook entry the rule carries out.
        also: further entries that parameters, conditions or questions of the rule carry out.
        edition: the edition of the ruleset the rule stands in; stamped by the ruleset.
    """

    entry: ClassVar[Entry]
    also: ClassVar[tuple[Entry, ...]] = ()
    own_parameters: ClassVar[tuple[Parameter, ...]] = ()

    edition: str = field(default="", kw_only=True, eq=False, repr=False)

    def __init_subclass__(cls, *, shape: bool = False) -> None:
        super().__init_subclass__()
        examine(cls, shape=shape)

    @classmethod
    @final
    def parameters(cls) -> tuple[Parameter, ...]:
        """Every parameter in force, with who chose it; base class first, in order of declaration."""
        found: dict[str, Parameter] = {}
        for base in reversed(cls.__mro__):
            for parameter in vars(base).get("own_parameters", ()):
                found[parameter.name] = parameter
        return tuple(found.values())

    @classmethod
    @final
    def entries(cls) -> tuple[Entry, ...]:
        """The entries the rule carries out, the main one first."""
        return (cls.entry, *cls.also)

    @classmethod
    @final
    def name(cls) -> str:
        """What the rule is called in explanations."""
        return cls.__name__

    @final
    def under(self, edition: str) -> Self:
        """This rule as part of *edition*."""
        return self if self.edition == edition else evolve(self, edition=edition)

    @final
    def condition(self, code: str, met: bool, /, *, entry: str = "", **values: Value) -> Condition:
        """A condition under this rule's entry, or under *entry* where another number of the rulebook sets it."""
        return Condition(code, met, entry or self.entry.id, tuple(values.items()))

    @final
    def step(self, code: str, value: T, /, **values: Value) -> Step[T]:
        """A line of working that came to *value*."""
        return Step(code, value, tuple(values.items()))
