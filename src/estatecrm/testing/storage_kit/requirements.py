"""The numbered requirements of a storage, as docs/reference/storage-contract states them."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final, ParamSpec

import pytest

P = ParamSpec("P")

REQUIREMENTS: Final[Mapping[str, str]] = {
    "SC-01": "Everything a writing session did is kept when its block ends.",
    "SC-02": "Nothing a writing session did is kept when an exception leaves its block, and the exception passes on.",
    "SC-03": "A writing session finds its own changes at once.",
    "SC-04": "A reading session sees one state from its first question to its end, whatever others keep meanwhile.",
    "SC-05": "A change asked of a reading session raises StorageError and changes nothing.",
    "SC-06": "A session whose block has ended answers every question and change with StorageError.",
    "SC-07": "A call that raises Conflict, NotFound or InvalidFacts changes nothing, and the session goes on.",
    "SC-08": "What a session has not kept yet is seen by no other session.",
    "SC-09": "A store that was closed refuses a session with StorageError.",
    "SC-10": "A customer is read as it was kept, field by field.",
    "SC-11": "A customer code is given once: adding it again raises Conflict.",
    "SC-12": "add_many keeps and counts all customers; it raises Conflict and keeps none if one code is taken.",
    "SC-13": "What add and save return is what get then returns, and every save gives a higher version.",
    "SC-14": "Saving a customer that was read before somebody else's save raises Conflict, and theirs stays.",
    "SC-15": "Asking for or saving a customer nobody added raises NotFound.",
    "SC-16": "matching finds the sorted codes by every phone and identity number held now, and by none held before.",
    "SC-17": "reserve gives each prefix its own consecutive numbers, from 1, and none twice.",
    "SC-18": "kept_by gives each customer of a consultant once, by code, even while the session saves them.",
    "SC-19": "wanting gives the customers who want a unit and have no live tie, by code.",
    "SC-20": "with_pending_changes gives the customers with an undecided change, by code.",
    "SC-21": "cards gives code, name, first phone, grade and status of the known codes, and leaves out the others.",
    "SC-22": "standings gives each customer's standings and who looks after them, by code, of all or of given codes.",
    "SC-30": "The contacts with a customer come as they were kept, oldest first, then by id.",
    "SC-31": "Adding the same contact again changes nothing; a different one with its id raises Conflict.",
    "SC-40": "A planned duty is read as it was addressed, with its moments and every value of its reason.",
    "SC-41": "plan counts the duties whose keys are new; a key that is known stays as it is.",
    "SC-42": "Saving a duty that was read before somebody else's save raises Conflict; an unknown one raises NotFound.",
    "SC-43": "open_for gives the open duties towards a customer by latest moment, then key.",
    "SC-44": "worklist gives the open duties of an assignee, and of the role those without one, that begin before a "
    "moment, by latest moment, then key.",
    "SC-45": "The reasons that lines point to are those of their duties.",
    "SC-46": "A duty that is closed leaves every list and keeps how, when and by whom it was closed.",
    "SC-50": "A member of staff is read as saved; the id is given once, and an older version cannot be saved.",
    "SC-51": "All members come by id.",
    "SC-60": "The access log gives its lines as they were appended, newest first.",
    "SC-61": "An entry of the ledger of points is read as it was appended, field by field, by number.",
    "SC-62": "account and hold give the account as append left it, and an empty one for a member nobody gave points.",
    "SC-63": "A key is used once: append raises Conflict for one that is taken, and keeps none of its entries.",
    "SC-64": "append raises Conflict for an account that has changed since, and keeps nothing.",
    "SC-65": "keyed finds an entry by its very key, and None for any other.",
    "SC-66": "due_by gives the members with points that vest or are past their last day by a day, sorted.",
    "SC-67": "tallies gives every entry in plain figures, by member and number.",
    "SC-70": "Texts are kept exactly, and texts that differ in one character stay different.",
    "SC-71": "A NUL, half a character or an identifier that is too long or empty is refused with InvalidFacts; "
    "asking for one finds nothing.",
    "SC-72": "Codes are sorted by code point.",
    "SC-73": "Moments are kept to the microsecond, with their zone, on both sides of a clock change.",
    "SC-80": "What was kept is there when the place is opened again.",
    "SC-81": "What was not kept is not there when the place is opened again.",
    "SC-90": "Of threads that save the same version at once one succeeds; no update is lost.",
    "SC-91": "Threads that reserve numbers at once never get the same one.",
    "SC-92": "A session never sees a part of what another one keeps.",
    "SC-93": "Threads that plan the same duties at once keep each of them once.",
    "SC-94": "Threads that spend from one account at once never spend more than there is.",
    "SC-95": "Processes that save and reserve at once lose no update and get no number twice.",
    "SC-96": "Processes that spend from one account at once never spend more than there is.",
    "SC-99": "Whatever is done, step by step, the storage answers as the one in memory does.",
}


class ContractBroken(AssertionError):  # noqa: N818 - what a test says, no error of the library
    """A storage does not keep a requirement: `number` says which, the cause says how."""

    def __init__(self, number: str, how: BaseException) -> None:
        super().__init__(f"{number}: {REQUIREMENTS[number]}\n{type(how).__name__}: {how}")
        self.number = number


def requirement(number: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """The scenario that shows whether requirement *number* is kept; whatever goes wrong in it is reported under it."""

    def mark(scenario: Callable[P, None]) -> Callable[P, None]:
        @wraps(scenario)
        def shown(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                scenario(*args, **kwargs)
            except (Exception, pytest.fail.Exception) as error:
                raise ContractBroken(number, error) from error

        shown.__dict__["requirement"] = number
        return shown

    return mark
