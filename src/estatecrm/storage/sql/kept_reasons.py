"""The reasons a store has written or read: three million duties share a few thousand."""

from typing import Final

from estatecrm.decisions import Reason
from estatecrm.storage.codec import Reasons, digest_of

_MOST: Final = 20_000


class KeptReasons:
    """Reasons by digest, so that each is written and read once; shared by the sessions of a store."""

    def __init__(self, forms: Reasons) -> None:
        self._forms = forms
        self._read: dict[str, Reason] = {}

    def written(self, reason: Reason) -> tuple[str, str]:
        """The digest and the text of *reason*."""
        text = self._forms.text(reason)
        return digest_of(text), text

    def known(self, digest: str) -> Reason | None:
        """The reason with *digest*, if it was read before."""
        return self._read.get(digest)

    def read(self, digest: str, text: str) -> Reason:
        """The reason *text* writes."""
        if len(self._read) >= _MOST:
            self._read.clear()
        return self._read.setdefault(digest, self._forms.reason(text))
