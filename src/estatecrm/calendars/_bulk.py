"""A million deadlines at once: on numpy where it is installed, by bisection where it is not."""

from array import array
from collections.abc import Sequence
from importlib import import_module

from estatecrm.calendars import _counting
from estatecrm.calendars._timeline import Timeline

_FEW = 64


def forward_many(timeline: Timeline, starts: Sequence[int], amount: int, *, at_closing: bool) -> "array[int]":
    """`_counting.forward` of every start, in their order."""
    if len(starts) > _FEW:
        try:
            return _by_numpy(timeline, starts, amount, at_closing=at_closing)
        except ImportError:
            # numpy is nobody's duty: bisection gives the same answers, later.
            pass
    forward = _counting.forward
    return array("q", [forward(timeline, start, amount, at_closing=at_closing) for start in starts])


def _by_numpy(timeline: Timeline, starts: Sequence[int], amount: int, *, at_closing: bool) -> "array[int]":
    # Imported by name: numpy is no dependency, so its types may be missing too.
    np = import_module("numpy")
    moments = np.asarray(starts, dtype=np.int64)
    earliest, latest = int(moments.min()), int(moments.max())
    # The latest start has the latest deadline, so a stretch that holds that one holds them all.
    _counting.forward(timeline, latest, amount, at_closing=at_closing)
    stretch = timeline.covering(earliest)
    opens = np.asarray(stretch.opens, dtype=np.int64)
    closes = np.asarray(stretch.closes, dtype=np.int64)
    before = np.asarray(stretch.before, dtype=np.int64)
    window = np.maximum(np.searchsorted(opens, moments, "right") - 1, 0)
    target = np.minimum(moments, closes[window]) - opens[window]
    if earliest < stretch.opens[0]:
        np.maximum(target, 0, out=target)
    target += before[window] + amount
    found = np.searchsorted(before, target, "left" if at_closing and amount else "right") - 1
    due = array("q")
    due.frombytes((opens[found] + target - before[found]).tobytes())
    return due
