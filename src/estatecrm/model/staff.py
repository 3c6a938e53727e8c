"""Who acts: members of staff, and for what purpose."""

from enum import Enum

from attrs import field, frozen
from pendulum import DateTime

from estatecrm.policy import Role


@frozen
class Member:
    """A member of staff; *id* is the host's own, *active* ends when they leave."""

    id: str
    name: str = field(repr=False)
    role: Role
    active: bool = True
    ability: int = 100
    """Business ability in percent of normal, for allocation (C-16)."""


class Errand(Enum):
    """What can be done at the desks."""

    ENROL_STAFF = "enrol_staff"
    OPEN_FILE = "open_file"
    READ_FILE = "read_file"
    REPORT_CHANGE = "report_change"
    DECIDE_CHANGE = "decide_change"
    GRADE = "grade"
    MOVE_STATUS = "move_status"
    ALLOCATE = "allocate"
    IMPORT = "import"
    PLAN_CALLBACKS = "plan_callbacks"
    READ_WORKLIST = "read_worklist"
    RECORD_CALLBACK = "record_callback"
    READ_REGISTER = "read_register"
    COORDINATE_UNIT = "coordinate_unit"
    AWARD_POINTS = "award_points"
    SPEND_POINTS = "spend_points"
    CORRECT_POINTS = "correct_points"
    READ_POINTS = "read_points"
    CLOSE_POINTS = "close_points"
    READ_LOG = "read_log"


class Purpose(Enum):
    """What somebody opens or changes a customer's record for."""

    INTAKE = "intake"
    FOLLOW_UP = "follow_up"
    CALLBACK = "callback"
    MAINTENANCE = "maintenance"
    REPORT = "report"
    ADMINISTRATION = "administration"


@frozen
class Acting:
    """Who acts, and for what: the first argument of every errand."""

    by: str
    purpose: Purpose


@frozen
class Attempt:
    """One line of the access log: an errand somebody tried, granted or refused (K-15). Holds no personal data."""

    at: DateTime
    by: str
    role: Role | None
    errand: Errand
    purpose: Purpose
    object: str
    granted: bool
    unmet: tuple[str, ...] = ()
    entry: str = "K-01"
    edition: str = ""
    count: int = 1
