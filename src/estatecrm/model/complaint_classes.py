"""The classes complaints fall into, and the steps of their life (rulebook, appendix 3)."""

from enum import Enum


class Submission(Enum):
    """What came in by the open channels (F-52)."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"


class ComplaintChannel(Enum):
    """By which channel a complaint came (F-01)."""

    HOTLINE = "hotline"
    MAILBOX = "mailbox"
    ON_SITE = "on_site"
    WRITTEN = "written"
    PHONE = "phone"
    CALL_CENTRE = "call_centre"
    CALLBACK = "callback"


class ComplaintSource(Enum):
    """From whom a complaint reached the desk (F-48)."""

    CALL = "call"
    WALK_IN = "walk_in"
    SALES_CONSULTANT = "sales_consultant"
    RELATION_SPECIALIST = "relation_specialist"
    DEPT_CALLBACK = "dept_callback"


class ComplaintCategory(Enum):
    """What a complaint is about (F-02)."""

    EXAGGERATION = "exaggeration"
    POOR_QUALITY = "poor_quality"
    BREACH = "breach"
    LATE_HANDOVER = "late_handover"
    SHARED_AREA = "shared_area"
    UNFAIR_TERMS = "unfair_terms"
    TITLE_DIFFICULTY = "title_difficulty"
    OTHER = "other"


class GeneralKind(Enum):
    """The seven kinds of general complaint on an estate (F-30)."""

    RENOVATION_NOISE = "renovation_noise"
    PUBLIC_FACILITY = "public_facility"
    INDOOR_REPAIR = "indoor_repair"
    MAIL_LOSS = "mail_loss"
    HYGIENE_GREENERY = "hygiene_greenery"
    PEST_CONTROL = "pest_control"
    CENTRE_SERVICE = "centre_service"


class Severity(Enum):
    """How grave a complaint is (F-29, F-31, F-35)."""

    GENERAL = "general"
    MAJOR = "major"


class MajorEvent(Enum):
    """The events that make a complaint major by the property definition (F-31)."""

    FIRE = "fire"
    LIFT_ENTRAPMENT = "lift_entrapment"
    EXPLOSION = "explosion"
    POWER_CUT = "power_cut"
    FLOODING = "flooding"
    THEFT = "theft"
    CRIMINAL_CASE = "criminal_case"
    COLLECTIVE = "collective"
    MAIN_EQUIPMENT = "main_equipment"
    STRUCTURE_DAMAGE = "structure_damage"


class MainEquipment(Enum):
    """The equipment whose failure is a major event (F-31)."""

    AC_MAIN = "ac_main"
    GENERATOR = "generator"
    SWITCHBOARD = "switchboard"
    COMMUNICATION = "communication"


class MajorTrigger(Enum):
    """What makes a complaint major by the group definition (F-35)."""

    REPEATED = "repeated"
    TO_HEADQUARTERS = "to_headquarters"
    BLOCKADE = "blockade"
    DISTURBANCE = "disturbance"
    RETURN_EXCHANGE = "return_exchange"
    NEGATIVE_MEDIA = "negative_media"
    OTHER = "other"


class GroupType(Enum):
    """How the households of a collective complaint hang together (F-46)."""

    CORE = "core"
    TEAM = "team"
    SCATTERED = "scattered"


class CauseNature(Enum):
    """Of what nature the cause of a complaint is (F-12)."""

    REPAIR_QUALITY = "repair_quality"
    SERVICE = "service"


class CauseOrigin(Enum):
    """Whether the cause lies with the company (F-57)."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class ComplaintStep(Enum):
    """The six steps in which a complaint is handled (F-04, F-11 to F-17)."""

    ACCEPT = "accept"
    JUDGE = "judge"
    INVESTIGATE = "investigate"
    PROPOSE = "propose"
    IMPLEMENT = "implement"
    SUMMARISE = "summarise"


class ComplaintState(Enum):
    """Where a complaint stands; always derived from what happened to it."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    ROUTED = "routed"
    JUDGED = "judged"
    INVESTIGATED = "investigated"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    AWAITING_SIGNATURE = "awaiting_signature"
    SIGNED = "signed"
    SOLVED = "solved"
    CALLED_BACK = "called_back"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done any more."""
        return self in _ENDED


_ENDED = frozenset({ComplaintState.CLOSED, ComplaintState.WITHDRAWN, ComplaintState.MERGED})


class HoldReason(Enum):
    """Why a complaint is on hold."""

    WAITING_ON_CUSTOMER = "waiting_on_customer"
    AGREED_APPOINTMENT = "agreed_appointment"
    WAITING_ON_OTHERS = "waiting_on_others"


class ReplyKind(Enum):
    """What a reply told the customer."""

    STATUS = "status"
    PLAN = "plan"
    UNSOLVABLE = "unsolvable"
    RESULT = "result"


class ReplyMeans(Enum):
    """How a reply reached the customer (F-33)."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    WRITTEN = "written"


class MakeGoodKind(Enum):
    """What was offered to make good (F-43, F-58)."""

    COMPENSATION = "compensation"
    INDEMNITY = "indemnity"
    MAKE_GOOD = "make_good"


class SanctionPart(Enum):
    """In what part somebody is sanctioned in a founded case (F-16)."""

    CULPRIT = "culprit"
    SUPERVISOR = "supervisor"


class Clear(Enum):
    """The five clears (F-27)."""

    LISTEN = "listen"
    ASK = "ask"
    FOLLOW = "follow"
    REPLY = "reply"
    RECORD = "record"


class Principle(Enum):
    """The five principles of handling, in their order (F-25)."""

    SETTLE_EMOTION = "settle_emotion"
    HEAR_OUT = "hear_out"
    CALM = "calm"
    TAKE_POSITION = "take_position"
    ACT = "act"


class Technique(Enum):
    """The four steps of the technique, in their order (F-26)."""

    LISTEN = "listen"
    ACCEPT_FEELINGS = "accept_feelings"
    OFFER_HELP = "offer_help"
    SOLVE = "solve"


class SilentSignal(Enum):
    """How dissatisfaction shows that nobody has voiced (F-53)."""

    LATE_PAYMENT = "late_payment"
    RUDE_CONTACT = "rude_contact"


class RatedKind(Enum):
    """The kinds of staff whose complaint rate is reported (F-55)."""

    DESIGNER = "designer"
    INSPECTOR = "inspector"
    CREW = "crew"
