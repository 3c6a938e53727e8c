"""What a complaint is about, how grave it is, and whether it came before (F-02, F-30, F-31, F-35, F-47)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from attrs import frozen

from estatecrm.decisions import Condition, Step
from estatecrm.model import (
    Complaint,
    ComplaintCategory,
    GeneralKind,
    MainEquipment,
    MajorEvent,
    MajorTrigger,
    Severity,
)
from estatecrm.policy import CORE, STD, Entry
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Classification, Grant
from estatecrm.values import NaturalDays


@frozen
class Matter:
    """What the customer told, and the class somebody gave it, where one was given."""

    content: str
    stated: str = ""


@frozen
class CategoryCode:
    """A class of the taxonomy: its code, words that point to it, and a rulebook entry it belongs with."""

    category: ComplaintCategory
    code: str
    words: tuple[str, ...] = ()
    belongs_with: str = ""


_C = ComplaintCategory


@frozen(slots=False)
class Taxonomy(Classification[Matter, ComplaintCategory]):
    """
    The category of a complaint: the one stated, or else the first whose words occur in what was told.

    A stated category that is not in the table is refused.

    Source: 001 §3.
    """

    entry = Entry.of("F-02", "常见投诉类别", CORE, "001 §3")

    codes: ClassVar[tuple[CategoryCode, ...]] = ours(
        (
            CategoryCode(_C.LATE_HANDOVER, "F-02.3a", ("逾期交房", "延期交房", "晚交", "没交房", "未交房"), "H-39"),
            CategoryCode(_C.SHARED_AREA, "F-02.3b", ("公摊", "分摊面积")),
            CategoryCode(_C.UNFAIR_TERMS, "F-02.3c", ("霸王条款", "不平等", "补充协议", "格式条款")),
            CategoryCode(_C.TITLE_DIFFICULTY, "F-02.4", ("产权证", "房产证", "不动产证", "办证")),
            CategoryCode(_C.EXAGGERATION, "F-02.1", ("夸大", "虚假宣传", "广告不符", "承诺的学校")),
            CategoryCode(_C.POOR_QUALITY, "F-02.2", ("漏水", "渗水", "裂缝", "空鼓", "质量")),
            CategoryCode(_C.BREACH, "F-02.3", ("违约", "没有兑现", "未履行")),
            CategoryCode(_C.OTHER, "other"),
        ),
        "families and sub-codes are the documents'; `other` keeps the taxonomy from forcing a wrong code, words help",
    )

    def classes(self, facts: Matter, /) -> Iterator[tuple[ComplaintCategory, Condition]]:
        """Every category with whether it was stated, or else whether its words occur."""
        for line in self.codes:
            yield line.category, self.condition("taxonomy.category", self.fits(line, facts), category=line.category)

    def fits(self, line: CategoryCode, facts: Matter, /) -> bool:
        """Whether *line* is the category stated; with none stated, whether a word of it occurs, or it has none."""
        if facts.stated:
            return facts.stated in (line.code, line.category.value)
        return not line.words or any(word in facts.content for word in line.words)

    def line_of(self, category: ComplaintCategory, /) -> CategoryCode | None:
        """The line of *category*."""
        return next((line for line in self.codes if line.category is category), None)


@frozen
class KindWords:
    """A kind of general complaint and the words that point to it."""

    kind: GeneralKind
    words: tuple[str, ...]


_K = GeneralKind


@frozen(slots=False)
class GeneralKindOf(Classification[Matter, GeneralKind]):
    """
    The kind of a general complaint on an estate; none if it is none of the seven.

    Source: 003 P9 (5).
    """

    entry = Entry.of("F-30", "一般投诉类型", STD, "003 P9 (5)")

    kinds: ClassVar[tuple[KindWords, ...]] = ours(
        (
            KindWords(_K.RENOVATION_NOISE, ("装修", "噪音", "施工声")),
            KindWords(_K.PUBLIC_FACILITY, ("公厕", "路灯", "公共设施", "健身器材")),
            KindWords(_K.INDOOR_REPAIR, ("室内", "报修", "维修")),
            KindWords(_K.MAIL_LOSS, ("邮件", "报纸", "快递")),
            KindWords(_K.HYGIENE_GREENERY, ("卫生", "垃圾", "绿化")),
            KindWords(_K.PEST_CONTROL, ("老鼠", "鼠", "蟑螂", "虫")),
            KindWords(_K.CENTRE_SERVICE, ("物业态度", "前台", "管理中心")),
        ),
        "the seven kinds are the document's, the words ours",
    )

    def classes(self, facts: Matter, /) -> Iterator[tuple[GeneralKind, Condition]]:
        """Every kind with whether it was stated, or else whether its words occur."""
        for line in self.kinds:
            met = facts.stated == line.kind.value if facts.stated else any(word in facts.content for word in line.words)
            yield line.kind, self.condition("taxonomy.kind", met, kind=line.kind)


@frozen(cache_hash=True)
class Grounds:
    """What decides how grave a complaint is."""

    events: tuple[MajorEvent, ...] = ()
    equipment: MainEquipment | None = None
    triggers: tuple[MajorTrigger, ...] = ()
    households: int = 1
    nth: int = 1


@frozen(slots=False)
class SeverityClass(Classification[Grounds, Severity]):
    """
    Major by either definition, the property's events or the group's triggers; else general.

    Source: 003 P3 2.5; 003 P9 (6).
    """

    entry = Entry.of("F-35", "重大投诉", CORE, "003 P3 2.5")
    also = (
        Entry.of("F-31", "重大/突发事件", CORE, "003 P9 (6)"),
        Entry.of("F-29", "一般性投诉", CORE, "003 P9 (4)"),
    )

    events: ClassVar[tuple[MajorEvent, ...]] = doc(tuple(MajorEvent))
    equipment: ClassVar[tuple[MainEquipment, ...]] = doc(tuple(MainEquipment))
    triggers: ClassVar[tuple[MajorTrigger, ...]] = doc(tuple(MajorTrigger))
    collective_min: ClassVar[int] = doc(3)
    repeated_from: ClassVar[int] = ours(2, "literal meaning of repeated: the second on the same matter")

    def classes(self, facts: Grounds, /) -> Iterator[tuple[Severity, Condition]]:
        """Major on any ground, else general."""
        yield Severity.MAJOR, self.major_event(facts)
        yield Severity.MAJOR, self.collective(facts)
        yield Severity.MAJOR, self.major_trigger(facts)
        yield Severity.MAJOR, self.repeated(facts)
        yield Severity.GENERAL, self.condition("severity.general", True, entry="F-29")

    def major_event(self, facts: Grounds, /) -> Condition:
        """Whether an event of the list happened; of equipment, whether it is main equipment."""
        found = tuple(each for each in facts.events if self.counts(each, facts))
        return self.condition("severity.event", bool(found), entry="F-31", events=found)

    def counts(self, event: MajorEvent, facts: Grounds, /) -> bool:
        """Whether *event* alone makes the case major; a collective one is counted by its households."""
        if event is MajorEvent.COLLECTIVE:
            return False
        if event is MajorEvent.MAIN_EQUIPMENT and facts.equipment not in self.equipment:
            return False
        return event in self.events

    def collective(self, facts: Grounds, /) -> Condition:
        """Whether so many households complain together (R-04: the number itself counts)."""
        met = MajorEvent.COLLECTIVE in self.events and facts.households >= self.collective_min
        return self.condition(
            "severity.collective", met, entry="F-31", households=facts.households, least=self.collective_min
        )

    def major_trigger(self, facts: Grounds, /) -> Condition:
        """Whether a trigger of the list was seen."""
        found = tuple(each for each in facts.triggers if each in self.triggers)
        return self.condition("severity.trigger", bool(found), triggers=found)

    def repeated(self, facts: Grounds, /) -> Condition:
        """Whether it is the second complaint on the matter, or a later one."""
        met = MajorTrigger.REPEATED in self.triggers and facts.nth >= self.repeated_from
        return self.condition("severity.repeated", met, nth=facts.nth, from_nth=self.repeated_from)


@frozen
class Sequel:
    """A complaint that may be on the same matter as an earlier one."""

    new: Complaint
    earlier: Complaint


@frozen(slots=False)
class SameMatter(Grant[Sequel, str]):
    """
    A second complaint is one on the same matter, not merely another of the same customer.

    Outcome: the earlier complaint's number.

    Source: 004 A4 §1.03, 1.04.
    """

    entry = Entry.of("F-47", "首次/二次投诉", CORE, "004 A4 §1.03")

    within: ClassVar[NaturalDays] = ours(NaturalDays(365), "a year on, the same words are another matter")

    def conditions(self, facts: Sequel, /) -> Iterator[Condition]:
        """The same unit or customer, the same category, not too long after."""
        new, earlier = facts.new, facts.earlier
        same = new.intake.unit == earlier.intake.unit if new.intake.unit else False
        same = same or (bool(new.intake.customer) and new.intake.customer == earlier.intake.customer)
        yield self.condition("matter.same_party", same)
        known = new.category is not None and new.category is earlier.category
        yield self.condition("matter.same_category", known, category=earlier.category)
        gap = new.intake.received_at - earlier.intake.received_at
        yield self.condition(
            "matter.recent", timedelta() <= gap <= timedelta(days=self.within.days), within=self.within
        )

    def working(self, facts: Sequel, /) -> Iterator[Step[str]]:
        """The earlier complaint."""
        yield self.step("matter.earlier", facts.earlier.id)
