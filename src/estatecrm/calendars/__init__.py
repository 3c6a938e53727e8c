"""
Working time: which days are worked, when an office is open, and when a time limit ends.

================================================= =====================================================
`WorkingCalendar`, `PlainWeek`, `StateCouncil`    which dates are worked; `with_days` puts a host's own
`Day`, `DayReason`, `Roll`, `Weekday`             days on top, `strict` refuses unpublished years
`OfficeHours`, `Window`, `ClockTime`, `windows`   opening hours per weekday and date
`BusinessTime`, `Reckoning`, `Elapsed`, `Pause`   open time added, subtracted and measured
`Conventions` and its options                     what other systems leave unsaid
`OfficeTime`, `end_of`, `overrun`, `Due`          time limits counted as the rulebook says (R-03)
`end_through`, `back_from_us`                     the same with pauses, and backwards
`DailyWindows`                                    quiet hours
================================================= =====================================================

Pure: nothing here reads a clock. Moments are aware at the edge, microseconds inside; dates are plain dates in the
office's zone. A year whose days off are not published is taken as plain weeks and named in `assumed_years`.
"""

from estatecrm.calendars._business import BusinessTime
from estatecrm.calendars._calendars import PlainWeek, StateCouncil
from estatecrm.calendars._clock import END_OF_DAY, ClockTime, DatedWindows, Window, windows
from estatecrm.calendars._contact import DailyWindows
from estatecrm.calendars._conventions import (
    Convention,
    Conventions,
    Ending,
    Negative,
    NothingElapsed,
    OneDay,
    PauseInDays,
    PauseOutside,
    Precision,
)
from estatecrm.calendars._days import CountedDay, Day, DayCount, DayReason, Roll, Weekday
from estatecrm.calendars._hours import OfficeHours
from estatecrm.calendars._moments import Zone, microseconds_of, moment_from, zone_named
from estatecrm.calendars._pauses import Intervals, Pause, PausePiece, intervals, split_by_day
from estatecrm.calendars._reckoning import Elapsed, Reckoning
from estatecrm.calendars._through import back_from_us, end_through, end_through_us
from estatecrm.calendars._working import HostDays, StrictCalendar, WorkingCalendar
from estatecrm.calendars.counting import (
    Due,
    OfficeTime,
    assumed_years,
    before_weekday,
    closing_of,
    end_of,
    end_of_us,
    overrun,
)

__all__ = [
    "END_OF_DAY",
    "BusinessTime",
    "ClockTime",
    "Convention",
    "Conventions",
    "CountedDay",
    "DailyWindows",
    "DatedWindows",
    "Day",
    "DayCount",
    "DayReason",
    "Due",
    "Elapsed",
    "Ending",
    "HostDays",
    "Intervals",
    "Negative",
    "NothingElapsed",
    "OfficeHours",
    "OfficeTime",
    "OneDay",
    "Pause",
    "PauseInDays",
    "PauseOutside",
    "PausePiece",
    "PlainWeek",
    "Precision",
    "Reckoning",
    "Roll",
    "StateCouncil",
    "StrictCalendar",
    "Weekday",
    "Window",
    "WorkingCalendar",
    "Zone",
    "assumed_years",
    "back_from_us",
    "before_weekday",
    "closing_of",
    "end_of",
    "end_of_us",
    "end_through",
    "end_through_us",
    "intervals",
    "microseconds_of",
    "moment_from",
    "overrun",
    "split_by_day",
    "windows",
    "zone_named",
]
