"""What is known of a customer, who collects it, who may write it (chapter A)."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen
from pendulum import DateTime

from estatecrm.decisions import Condition, Item, Step
from estatecrm.model import (
    ChangeState,
    CodeRequest,
    Collection,
    CollectionStage,
    Customer,
    HandIn,
    InformationGroup,
    LeadSource,
)
from estatecrm.policy import CORE, Department, Entry, Role
from estatecrm.rules.duties import Deadline
from estatecrm.rules.parameters import doc, ours
from estatecrm.rules.shapes import Checklist, Classification, Grant
from estatecrm.values import PROMPT, TimeLimit


@frozen(slots=False)
class BasicIdentity(Checklist[Customer]):
    """
    The six facts sales gathers between enquiry and signing.

    Source: 000 §2.1.
    """

    entry = Entry.of("A-01", "基本信息", CORE, "000 §2.1")

    required_basic: ClassVar[tuple[str, ...]] = doc(("name", "gender", "age", "contact", "occupation", "home_address"))
    complete_by: ClassVar[CollectionStage] = ours(CollectionStage.SUBSCRIPTION, "the agreement needs identity")

    def items(self, facts: Customer, /) -> Iterator[Item]:
        """The required facts, in the order of the parameter."""
        for code in self.required_basic:
            yield self.item(code, self.fact(facts, code))

    def fact(self, facts: Customer, code: str, /) -> object:
        """What the record holds for an item of the list."""
        held = {
            "name": facts.name,
            "gender": facts.gender,
            "age": facts.age or (facts.identity and facts.identity.birth_date),
            "contact": facts.phones,
            "occupation": facts.occupation,
            "home_address": facts.address,
        }
        return held.get(code)


@frozen(slots=False)
class NeedBlock(Checklist[Customer]):
    """
    Wanted area, layout and budget; each change is kept with its date.

    Source: 000 §2.1.
    """

    entry = Entry.of("A-02", "购房需求信息", CORE, "000 §2.1")

    def items(self, facts: Customer, /) -> Iterator[Item]:
        """The three points of a need, as they stand now."""
        need = facts.need
        yield self.item("area", need and need.area)
        yield self.item("layout", need and need.layout)
        yield self.item("budget", need and need.budget)


@frozen(slots=False)
class SourceBlock(Checklist[Customer]):
    """
    How the customer came; a friend's introduction names the friend, or no referral points can be paid.

    Source: 000 §2.1.
    """

    entry = Entry.of("A-03", "客户来源信息", CORE, "000 §2.1")

    needs_introducer: ClassVar[tuple[LeadSource, ...]] = doc((LeadSource.FRIEND_REFERRAL,))

    def items(self, facts: Customer, /) -> Iterator[Item]:
        """The source, and the introducer where one must be named."""
        yield self.item("source", facts.source)
        if facts.source in self.needs_introducer:
            yield self.item("introducer", facts.introducer)


@frozen
class Owner:
    """The department that collects a group of information, at the stages named."""

    group: InformationGroup
    stages: tuple[CollectionStage, ...]
    department: Department


_BUYING = (CollectionStage.ENQUIRY, CollectionStage.SUBSCRIPTION, CollectionStage.SIGNING)
_LIVING = (CollectionStage.MOVED_IN,)


@frozen(slots=False)
class CollectionDuty(Checklist[Collection]):
    """
    Who collects what, and a flag where somebody else writes it: information must not be lost.

    Source: 000 §2.1.
    """

    entry = Entry.of("A-04", "信息收集职责", CORE, "000 §2.1")

    owners: ClassVar[tuple[Owner, ...]] = doc(
        (
            Owner(InformationGroup.BASIC, _BUYING, Department.SALES),
            Owner(InformationGroup.NEED, _BUYING, Department.SALES),
            Owner(InformationGroup.SOURCE, _BUYING, Department.SALES),
            Owner(InformationGroup.LIVING_EXPERIENCE, _LIVING, Department.CUSTOMER_SERVICE),
            Owner(InformationGroup.PROBLEMS, _LIVING, Department.CUSTOMER_SERVICE),
            Owner(InformationGroup.SUGGESTIONS, _LIVING, Department.CUSTOMER_SERVICE),
            Owner(
                InformationGroup.CONSTRUCTION_OPINION,
                (CollectionStage.CONSTRUCTION,),
                Department.PROJECT_MANAGEMENT,
            ),
            Owner(InformationGroup.PROSPECT, (CollectionStage.EVENT,), Department.OTHER),
        )
    )

    def flags(self, facts: Collection, /) -> Iterator[Condition]:
        """Whether the writer is the owner."""
        owner = self.owner(facts.group, facts.stage)
        yield self.condition(
            "collection.not_owner",
            owner is None or owner is facts.written_by,
            group=facts.group,
            owner=owner,
            writer=facts.written_by,
        )

    def owner(self, group: InformationGroup, stage: CollectionStage, /) -> Department | None:
        """The department that collects *group* at *stage*, or None where nobody is named."""
        return next((o.department for o in self.owners if o.group is group and stage in o.stages), None)


@frozen(slots=False)
class InGoodTime(Deadline[HandIn], shape=True):
    """What somebody has learnt is passed on in good time (A-08, A-09, A-13)."""

    def starts_at(self, facts: HandIn, /) -> DateTime:
        """When it was learnt."""
        return facts.collected_at

    def responsible(self, facts: HandIn, /) -> Role:
        """Who learnt it."""
        return facts.role


@frozen(slots=False)
class InformationHandIn(InGoodTime):
    """
    Whoever collects information passes it to the information specialist in good time.

    Source: 000 §2.2.
    """

    entry = Entry.of("A-08", "客户信息管理专员", CORE, "000 §2.2")

    within: ClassVar[TimeLimit] = ours(PROMPT, "the text says in good time")


@frozen(slots=False)
class ChangeNotice(InGoodTime):
    """
    A department that learns of a change notifies the specialist in good time.

    Source: 000 §2.4.
    """

    entry = Entry.of("A-09", "信息更新", CORE, "000 §2.4")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: the text says in good time")


@frozen(slots=False)
class ChangeApplied(InGoodTime):
    """
    The specialist brings the master up to date in good time after a notice.

    Source: 000 §2.4.
    """

    entry = Entry.of("A-09", "信息更新", CORE, "000 §2.4")

    within: ClassVar[TimeLimit] = ours(PROMPT, "R-02: as for the notice")

    def responsible(self, facts: HandIn, /) -> Role:
        """The information specialist."""
        return Role.INFO_SPECIALIST


@frozen(slots=False)
class SingleUpdater(Classification[Role, ChangeState]):
    """
    Only the information specialist writes the master; what anybody else writes waits for the specialist.

    Source: 000 §2.2, §2.4.
    """

    entry = Entry.of("A-09", "信息更新", CORE, "000 §2.4")
    also = (Entry.of("A-08", "客户信息管理专员", CORE, "000 §2.2"),)

    updaters: ClassVar[tuple[Role, ...]] = doc((Role.INFO_SPECIALIST,))

    def classes(self, facts: Role, /) -> Iterator[tuple[ChangeState, Condition]]:
        """Applied at once for an updater, pending for anybody else."""
        updater = facts in self.updaters
        yield ChangeState.APPLIED, self.condition("change.by_updater", updater, role=facts, updaters=self.updaters)
        yield ChangeState.PENDING, self.condition("change.by_reporter", not updater, role=facts)


@frozen(slots=False)
class FileOpening(InGoodTime):
    """
    Whoever first meets a customer opens a file with the information specialist in good time.

    Source: 003 P1 a4.
    """

    entry = Entry.of("A-13", "建立客户档案", CORE, "003 P1 a4")

    within: ClassVar[TimeLimit] = ours(PROMPT, "the text says in good time for each one")


@frozen(slots=False)
class CustomerCoding(Grant[CodeRequest, str]):
    """
    A short, readable code of project letters, month and number; never reused, free of personal data.

    Outcome: the code. That it is unique and never given twice is the storage's promise.

    Source: 000 §2.2.
    """

    entry = Entry.of("A-11", "客户编码", CORE, "000 §2.2")

    digits: ClassVar[int] = ours(4, "the text asks only for concise and unique; a fuller month uses more digits")
    longest: ClassVar[int] = ours(16, "the text asks only for concise and unique")

    def conditions(self, facts: CodeRequest, /) -> Iterator[Condition]:
        """The project has plain letters, and the code stays short."""
        letters = facts.project.isascii() and facts.project.isalpha() and facts.project.isupper()
        yield self.condition("coding.project_letters", letters, project=facts.project)
        length = len(self.code(facts))
        yield self.condition("coding.short", length <= self.longest, length=length, longest=self.longest)

    def working(self, facts: CodeRequest, /) -> Iterator[Step[str]]:
        """Project, month and number, written together."""
        yield self.step("coding.code", self.code(facts), project=facts.project, on=facts.on, number=facts.number)

    def code(self, facts: CodeRequest, /) -> str:
        """The code for the facts."""
        return f"{self.sequence(facts)}{facts.number:0{self.digits}d}"

    def sequence(self, facts: CodeRequest, /) -> str:
        """The sequence the number is drawn from: project and month."""
        return f"{facts.project}{facts.on.year:04d}{facts.on.month:02d}"
