"""What follows for a customer from where they stand: every duty of the rhythm of contact, with quiet hours kept."""

from attrs import evolve, field, frozen

from estatecrm.decisions import Planned
from estatecrm.model import CallSlot, Standing
from estatecrm.rules.rulesets import RhythmRule, Ruleset


@frozen
class Rhythm:
    """
    The rhythm of contact under one ruleset.

    Customers who stand alike share one answer, so planning many costs what their differences cost.
    """

    ruleset: Ruleset
    _known: dict[Standing, tuple[Planned, ...]] = field(factory=dict, init=False, repr=False, eq=False)

    def planned(self, standing: Standing) -> tuple[Planned, ...]:
        """The duties *standing* calls for, not yet addressed to anybody."""
        known = self._known.get(standing)
        if known is None:
            known = self._known[standing] = self._plan(standing)
        return known

    def entries(self) -> frozenset[str]:
        """The entries whose duties come and go with a customer's standing."""
        return frozenset(rule.entry.id for rule in (*self.ruleset.calls, *self.ruleset.notices))

    def _plan(self, standing: Standing) -> tuple[Planned, ...]:
        calls = [self._at_a_good_hour(duty) for rule in self.ruleset.calls for duty in self._of(rule, standing)]
        notices = [duty for rule in self.ruleset.notices for duty in self._of(rule, standing)]
        return tuple(calls + notices)

    def _of(self, rule: RhythmRule, standing: Standing) -> tuple[Planned, ...]:
        return rule.plan(standing, self.ruleset.counting)

    def _at_a_good_hour(self, duty: Planned) -> Planned:
        decision = self.ruleset.callbacks.quiet.decide(CallSlot(duty.earliest, latest=duty.latest))
        moved = decision.expect()
        if moved >= duty.latest:
            return duty
        reason = evolve(duty.reason, working=(*duty.reason.working, *decision.working))
        return evolve(duty, earliest=moved, reason=reason)
