"""Who does what: departments and roles (rulebook, appendix 1)."""

from enum import Enum


class Department(Enum):
    """A department that collects information or carries out a duty."""

    SALES = "sales"
    CUSTOMER_SERVICE = "customer_service"
    PROJECT_MANAGEMENT = "project_management"
    MARKETING = "marketing"
    FINANCE = "finance"
    ENGINEERING = "engineering"
    LEGAL = "legal"
    DEVELOPMENT = "development_dept"
    PROPERTY_COMPANY = "property_company"
    BRAND = "brand_division"
    GROUP_CUSTOMER_SERVICE = "group_customer_service"
    OTHER = "other_department"


class Role(Enum):
    """A post on the developer's side; its department is `department`."""

    PROPERTY_CONSULTANT = "property_consultant"
    SALES_REP = "sales_rep"
    SALES_MANAGER = "sales_manager"
    SALES_CONTROL = "sales_control"
    SITE_MANAGER = "site_manager"
    INFO_SPECIALIST = "info_specialist"
    INFO_SUPERVISOR = "info_supervisor"
    SERVICE_SPECIALIST = "service_specialist"
    SERVICE_SUPERVISOR = "service_supervisor"
    SERVICE_MANAGER = "service_manager"
    GENERAL_MANAGER = "general_manager"
    ACCOUNT_REP = "account_rep"
    CARE_SUPERVISOR = "care_supervisor"
    PROJECT_MANAGER = "project_manager"
    FRONT_DESK = "front_desk"
    DEPARTMENT_MANAGER = "department_manager"
    CENTER_LEADER = "center_leader"
    RELATIONS_MANAGER = "relations_manager"
    RELATIONS_SPECIALIST = "relations_specialist"
    RELATIONSHIP_SUPERVISOR = "relationship_supervisor"
    ORIGINAL_RECEPTIONIST = "original_receptionist"
    AFTERSALES = "aftersales"
    PHONE_CALLER = "phone_caller"
    CALL_CENTER = "call_center"
    PROPERTY_ASSISTANT = "property_assistant"
    GROUP_CUSTOMER_SERVICE = "group_customer_service"
    BRAND_DIVISION = "brand_division"
    LEGAL = "legal"
    OPS_VP = "ops_vp"
    CEO = "ceo"

    @property
    def department(self) -> Department:
        """The department the post belongs to."""
        return _DEPARTMENTS.get(self, Department.OTHER)

    @property
    def sells(self) -> bool:
        """Whether a duty of this post falls to the customer's own consultant."""
        return self in _SELLERS

    @property
    def serves(self) -> bool:
        """Whether a duty of this post falls to the specialist the customer was given to."""
        return self in _SERVERS


_SALES = (
    Role.PROPERTY_CONSULTANT,
    Role.SALES_REP,
    Role.SALES_MANAGER,
    Role.SALES_CONTROL,
    Role.SITE_MANAGER,
)
_SERVICE = (
    Role.INFO_SPECIALIST,
    Role.INFO_SUPERVISOR,
    Role.SERVICE_SPECIALIST,
    Role.SERVICE_SUPERVISOR,
    Role.SERVICE_MANAGER,
    Role.ACCOUNT_REP,
    Role.CARE_SUPERVISOR,
    Role.RELATIONS_MANAGER,
    Role.RELATIONS_SPECIALIST,
    Role.RELATIONSHIP_SUPERVISOR,
    Role.AFTERSALES,
    Role.PHONE_CALLER,
    Role.CALL_CENTER,
)
_PROPERTY = (Role.PROPERTY_ASSISTANT, Role.CENTER_LEADER)
_DEPARTMENTS = {
    **dict.fromkeys(_SALES, Department.SALES),
    **dict.fromkeys(_SERVICE, Department.CUSTOMER_SERVICE),
    **dict.fromkeys(_PROPERTY, Department.PROPERTY_COMPANY),
    Role.PROJECT_MANAGER: Department.PROJECT_MANAGEMENT,
    Role.GROUP_CUSTOMER_SERVICE: Department.GROUP_CUSTOMER_SERVICE,
    Role.BRAND_DIVISION: Department.BRAND,
    Role.LEGAL: Department.LEGAL,
}
_SELLERS = frozenset({Role.PROPERTY_CONSULTANT, Role.SALES_REP})
_SERVERS = frozenset({Role.SERVICE_SPECIALIST, Role.ACCOUNT_REP})
