"""The application's own asynchronous storage, of which the library knows nothing."""

import asyncio

from attrs import field, frozen

from estatecrm.errors import NotFound
from estatecrm.model import Standing


@frozen
class Leads:
    """Who showed interest, and where they stand."""

    _known: dict[str, Standing] = field(factory=dict)

    async def put(self, lead: str, standing: Standing) -> None:
        """Keep where *lead* stands now."""
        await asyncio.sleep(0)  # where a real one would await its database
        self._known[lead] = standing

    async def standing(self, lead: str) -> Standing:
        """Where *lead* stands; `NotFound` if nobody does."""
        await asyncio.sleep(0)
        if lead not in self._known:
            raise NotFound(f"there is no lead {lead!a}")
        return self._known[lead]
