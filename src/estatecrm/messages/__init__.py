"""
Decisions, duties and errors as sentences a person reads.

Rules answer in codes and typed values; `language` gives the `Language` that says them:

    >>> from estatecrm.messages import language
    >>> language("zh").say("class.chosen", {"value": "B"})
    '归为B'

The sentences stand in ``locale/zh_CN.po`` (the source) and ``locale/en.po``, keyed by code. A host adds its own with
``language("zh", extra=[…])``; a code that no catalogue knows is shown as it is, never as an error.
"""

from estatecrm.messages.catalogues import Catalogue
from estatecrm.messages.language import Language, language

__all__ = ["Catalogue", "Language", "language"]
