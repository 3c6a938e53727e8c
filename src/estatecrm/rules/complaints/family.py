"""All rules about complaints, one typed field a rule (chapter F)."""

from collections.abc import Iterator

from attrs import field, fields, frozen

from estatecrm.rules.complaints.clock import CaseClock
from estatecrm.rules.complaints.clocks import (
    Acceptance,
    AgreedInvestigation,
    Answer,
    Choice,
    Feedback,
    FirstReply,
    HeadReport,
    PassOn,
    ResultCallback,
    StartInvestigation,
)
from estatecrm.rules.complaints.closing import (
    Accountability,
    ComplaintFile,
    Sanctions,
    TruthfulReport,
    WarningLiability,
)
from estatecrm.rules.complaints.collective import CollectiveComplaint, GroupTyping
from estatecrm.rules.complaints.compensation import CompensationAuthority, LawsuitApproval
from estatecrm.rules.complaints.course import ComplaintCourse
from estatecrm.rules.complaints.escalation import EscalationLadder
from estatecrm.rules.complaints.holds import Extending, Holding, Resuming
from estatecrm.rules.complaints.intake import (
    CallCentreRelay,
    ComplaintTakers,
    IntakeFields,
    OpenChannels,
    SuggestionAdopted,
    Verification,
)
from estatecrm.rules.complaints.judging import GeneralKindOf, SameMatter, SeverityClass, Taxonomy
from estatecrm.rules.complaints.major_clocks import (
    CrisisMeeting,
    CrisisTold,
    GroupResult,
    MajorExplained,
    MajorReport,
    TopReport,
    Warning24,
)
from estatecrm.rules.complaints.manner import (
    CustomersChoice,
    FiveClears,
    NoConflict,
    NoConflictManner,
    Principles,
    ReplyContent,
    TechniqueStep,
)
from estatecrm.rules.complaints.measures import (
    ComplaintRate,
    HiddenGrievances,
    ResponseLimits,
    ShortFlatFast,
    ThreeAspects,
)
from estatecrm.rules.complaints.registers import (
    ClassifiedStatistics,
    ComplaintRegister,
    ImprovementProposal,
    MonthlyTally,
    PeriodReport,
)
from estatecrm.rules.complaints.reply_clocks import NextReply, PressedReply, PromiseDay
from estatecrm.rules.complaints.reporting import WeeklyReport
from estatecrm.rules.complaints.routing import ResponsibleDepartment, StandAside, WhoHandles


@frozen(kw_only=True)
class ComplaintRules:
    """Complaints (chapter F)."""

    channels: OpenChannels = field(factory=OpenChannels)
    fields: IntakeFields = field(factory=IntakeFields)
    verification: Verification = field(factory=Verification)
    takers: ComplaintTakers = field(factory=ComplaintTakers)
    relay: CallCentreRelay = field(factory=CallCentreRelay)
    suggestion: SuggestionAdopted = field(factory=SuggestionAdopted)
    taxonomy: Taxonomy = field(factory=Taxonomy)
    kind: GeneralKindOf = field(factory=GeneralKindOf)
    severity: SeverityClass = field(factory=SeverityClass)
    same_matter: SameMatter = field(factory=SameMatter)
    aside: StandAside = field(factory=StandAside)
    department: ResponsibleDepartment = field(factory=ResponsibleDepartment)
    handler: WhoHandles = field(factory=WhoHandles)
    course: ComplaintCourse = field(factory=ComplaintCourse)
    holding: Holding = field(factory=Holding)
    resuming: Resuming = field(factory=Resuming)
    extending: Extending = field(factory=Extending)
    reply: ReplyContent = field(factory=ReplyContent)
    acceptance: Acceptance = field(factory=Acceptance)
    first_reply: FirstReply = field(factory=FirstReply)
    head_report: HeadReport = field(factory=HeadReport)
    pass_on: PassOn = field(factory=PassOn)
    start: StartInvestigation = field(factory=StartInvestigation)
    answer: Answer = field(factory=Answer)
    agreed: AgreedInvestigation = field(factory=AgreedInvestigation)
    choice: Choice = field(factory=Choice)
    feedback: Feedback = field(factory=Feedback)
    result_callback: ResultCallback = field(factory=ResultCallback)
    next_reply: NextReply = field(factory=NextReply)
    pressed: PressedReply = field(factory=PressedReply)
    promise: PromiseDay = field(factory=PromiseDay)
    major_report: MajorReport = field(factory=MajorReport)
    major_explained: MajorExplained = field(factory=MajorExplained)
    warning: Warning24 = field(factory=Warning24)
    top_report: TopReport = field(factory=TopReport)
    crisis_told: CrisisTold = field(factory=CrisisTold)
    crisis_meeting: CrisisMeeting = field(factory=CrisisMeeting)
    group_result: GroupResult = field(factory=GroupResult)
    ladder: EscalationLadder = field(factory=EscalationLadder)
    collective: CollectiveComplaint = field(factory=CollectiveComplaint)
    group_type: GroupTyping = field(factory=GroupTyping)
    authority: CompensationAuthority = field(factory=CompensationAuthority)
    lawsuit: LawsuitApproval = field(factory=LawsuitApproval)
    file: ComplaintFile = field(factory=ComplaintFile)
    sanctions: Sanctions = field(factory=Sanctions)
    accountability: Accountability = field(factory=Accountability)
    liability: WarningLiability = field(factory=WarningLiability)
    truthful: TruthfulReport = field(factory=TruthfulReport)
    principles: Principles = field(factory=Principles)
    technique: TechniqueStep = field(factory=TechniqueStep)
    five_clears: FiveClears = field(factory=FiveClears)
    words: NoConflict = field(factory=NoConflict)
    manner: NoConflictManner = field(factory=NoConflictManner)
    choice_shared: CustomersChoice = field(factory=CustomersChoice)
    weekly_report: WeeklyReport = field(factory=WeeklyReport)
    register: ComplaintRegister = field(factory=ComplaintRegister)
    statistics: ClassifiedStatistics = field(factory=ClassifiedStatistics)
    proposal: ImprovementProposal = field(factory=ImprovementProposal)
    period: PeriodReport = field(factory=PeriodReport)
    tally: MonthlyTally = field(factory=MonthlyTally)
    aspects: ThreeAspects = field(factory=ThreeAspects)
    effort: ShortFlatFast = field(factory=ShortFlatFast)
    hidden: HiddenGrievances = field(factory=HiddenGrievances)
    limits: ResponseLimits = field(factory=ResponseLimits)
    rate: ComplaintRate = field(factory=ComplaintRate)

    def clocks(self) -> Iterator[CaseClock]:
        """Every clock, in the order of the fields."""
        for place in fields(type(self)):
            rule = getattr(self, place.name)
            if isinstance(rule, CaseClock):
                yield rule
