"""
The named presets (R-01): rulesets that differ from the developer's only where their document, or the law, speaks.

A host mixes them by taking one rule from another: ``DEVELOPER.using(PROPERTY_COMPLAINT.complaints.first_reply)``.
"""

from datetime import date

from estatecrm.rules.complaints.institutions import (
    BeijingHotlineAnswer,
    CityAuthorityAcceptance,
    CityHotlineAnswer,
    ConsumerAcceptance,
    MarketAcceptance,
    MarketAcceptance2020,
    MarketLead,
    MarketMediation,
    MarketMediation2020,
    PetitionAcceptance,
    PetitionAnswer,
    PropertyManagerReply,
)
from estatecrm.rules.complaints.variants import EstateSeverity, GroupSeverity, StatusAtOnce
from estatecrm.rules.loyalty.market import MARKET_CLUB
from estatecrm.rules.rulesets import DEVELOPER, MEMBER_DOSSIER, Editions, InForce

DEALER_CRISIS = DEVELOPER.using(GroupSeverity()).called("dealer_crisis", "2026.1")
"""Where 003 P3 speaks: major by the group's seven triggers."""

PROPERTY_COMPLAINT = DEVELOPER.using(EstateSeverity(), StatusAtOnce()).called("property_complaint", "2026.1")
"""Where 003 P9 speaks: major by the ten events, and the customer told the status at once."""

MARKET_SUPERVISION_2020 = DEVELOPER.using(MarketAcceptance2020(), MarketMediation2020()).called("12315", "2020")
"""12315 up to 2026-04-14."""

MARKET_SUPERVISION = DEVELOPER.using(MarketAcceptance(), MarketMediation(), MarketLead()).called("12315", "2026")
"""12315 from 2026-04-15 on."""

MARKET_SUPERVISION_EDITIONS = Editions.of(
    InForce(date(2020, 1, 1), MARKET_SUPERVISION_2020), InForce(date(2026, 4, 15), MARKET_SUPERVISION)
)
"""Both, each in its time: the day of receipt decides, and a case keeps what it began under."""

CONSUMER_ASSOCIATION = DEVELOPER.using(ConsumerAcceptance()).called("consumer_association", "2014")
"""消协: seven working days."""

PETITIONS = DEVELOPER.using(PetitionAcceptance(), PetitionAnswer()).called("petitions", "2022")
"""信访: accepted in fifteen days, finished in sixty and thirty more."""

CITY_HOTLINE = DEVELOPER.using(CityHotlineAnswer()).called("12345", "2026.1")
"""12345, five working days; a city that sets others overrides `CityHotlineAnswer.resolve_days`."""

BEIJING_HOTLINE = DEVELOPER.using(BeijingHotlineAnswer()).called("12345_beijing", "2026.1")
"""12345 in Beijing."""

PROPERTY_MANAGER = DEVELOPER.using(PropertyManagerReply(), CityAuthorityAcceptance()).called("property_manager", "2022")
"""Owners' complaints to a property manager in Hangzhou: ten days, and five working days before the authority."""

PRESETS = (
    DEVELOPER,
    MEMBER_DOSSIER,
    DEALER_CRISIS,
    PROPERTY_COMPLAINT,
    MARKET_SUPERVISION_2020,
    MARKET_SUPERVISION,
    CONSUMER_ASSOCIATION,
    PETITIONS,
    CITY_HOTLINE,
    BEIJING_HOTLINE,
    PROPERTY_MANAGER,
    MARKET_CLUB,
)
"""All of them."""
