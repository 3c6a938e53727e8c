"""What the rules of loyalty say that no literal in the source shows."""

from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.loyalty.membership import MemberTier
from estatecrm.rules.loyalty.proof import DIFFERENCES
from estatecrm.rules.loyalty.referrals import ReferralCourse
from estatecrm.rules.rulesets import DEVELOPER

HOMES = ("estatecrm.model.points", "estatecrm.model.loyalty", "estatecrm.model.referrals")


def made_while_running() -> set[str]:
    """Codes, each with the reason."""
    tiers = [tier.code for rules in (DEVELOPER, MARKET_CLUB) for tier in rules.loyalty.tier.tiers]
    families = {
        "column": {column.code for column in DEVELOPER.loyalty.statement.columns()},
        "move": {move.name for move in ReferralCourse.moves},  # {move:move} of life_cycles
        "ledger": set(DIFFERENCES),  # what a proof found
        "tier": {*tiers, *(tier.code for tier in MemberTier.tiers)},  # {tier:tier} of membership
    }
    return {f"{family}.{name}" for family, names in families.items() for name in names}
