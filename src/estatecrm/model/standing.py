"""Where a customer stands: the facts on which the whole rhythm of contact depends."""

from datetime import date

from attrs import frozen

from estatecrm.model.classes import DecisionStage, IntentGrade, PurchaseStatus


@frozen(kw_only=True, cache_hash=True)
class Standing:
    """
    Where one customer stands with one unit, or with none.

    Says nothing of who the customer is, so that customers who stand alike share one answer. Days are dates in
    the office's zone.
    """

    status: PurchaseStatus = PurchaseStatus.INTENT
    stage: DecisionStage | None = None
    grade: IntentGrade | None = None
    graded_on: date | None = None
    wanted_unit: str = ""
    status_since: date | None = None
    """The day of subscription, signing or move-in that brought the status."""
    last_contact: date | None = None
    last_callback: date | None = None
    allocated_on: date | None = None
    dossier_on: date | None = None
    buyer: bool | None = None
    serviced_on: date | None = None


@frozen(cache_hash=True)
class StageFacts:
    """What decides the stage of a customer's decision (B-04)."""

    status: PurchaseStatus = PurchaseStatus.INTENT
    visited: bool = False
    grade: IntentGrade | None = None
    deposit_paid: bool = False
    signing_overdue: bool = False
    dispute_open: bool = False
    special_terms: bool = False
