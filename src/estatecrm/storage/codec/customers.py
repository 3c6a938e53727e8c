"""Customers as text: every field of `Customer` in its order, closed classes by their value."""

from operator import attrgetter
from typing import Final

from estatecrm.errors import InvalidFacts, StorageError
from estatecrm.model import (
    AgedOn,
    BornOn,
    Change,
    ChangeState,
    Customer,
    DecisionStage,
    Grading,
    IntentGrade,
    LeadSource,
    Need,
    PurchaseStatus,
    TieEnd,
    UnitTie,
)
from estatecrm.storage.codec.forms import (
    Json,
    day_in,
    day_text,
    flag_in,
    list_in,
    maybe_day,
    maybe_day_in,
    maybe_moment,
    maybe_moment_in,
    moment_form,
    moment_in,
    read,
    text_in,
    whole_in,
    written,
)
from estatecrm.values import Area, Gender, IdentityKind, IdentityNumber, Money, Phone, Range

_KIND: Final = "customer/1"
_FIELDS: Final = 31
_TEXTS: Final = attrgetter(
    "code",
    "project",
    "name",
    "occupation",
    "address",
    "introducer",
    "wanted_unit",
    "consultant",
    "specialist",
    "collector",
    "note",
)


def customer_text(customer: Customer) -> str:
    """
    The text of *customer*.

    Raises:
        InvalidFacts: a text within cannot be kept.
        StorageError: a subclass, whose own fields would be lost.
    """
    if type(customer) is not Customer:
        raise StorageError(f"{type(customer).__name__} is not Customer itself: its own fields would be lost")
    try:
        "".join(_TEXTS(customer))
    except TypeError as error:
        raise InvalidFacts(f"a text of customer {customer.code} is no text") from error
    return written("the customer", [_KIND, *_person_form(customer), *_dealings_form(customer)])


def _person_form(customer: Customer) -> list[Json]:
    gender, age, identity, source = customer.gender, customer.age, customer.identity, customer.source
    return [
        customer.code,
        customer.project,
        customer.name,
        gender._value_ if gender else None,
        _age_form(age) if age else None,
        [phone.number for phone in customer.phones],
        [identity.number, identity.kind._value_] if identity else None,
        customer.occupation,
        customer.address,
        source._value_ if source else None,
        customer.introducer,
    ]


def _dealings_form(customer: Customer) -> list[Json]:
    return [
        list(map(_need_form, customer.needs)),
        list(map(_grading_form, customer.grades)),
        customer.stage._value_ if customer.stage else None,
        [stage.value for stage in customer.overlays],
        list(map(_tie_form, customer.ties)),
        customer.wanted_unit,
        customer.consultant,
        customer.specialist,
        customer.collector,
        maybe_day(customer.first_contact),
        maybe_day(customer.first_visit),
        maybe_day(customer.file_opened),
        maybe_day(customer.last_contact),
        maybe_day(customer.last_callback),
        maybe_day(customer.allocated_on),
        maybe_day(customer.dossier_on),
        customer.buyer,
        list(map(_change_form, customer.changes)),
        customer.note,
        list(customer.marks),
    ]


def customer_in(text: str) -> Customer:
    """
    The customer *text* writes.

    Raises:
        StorageError: it is no customer as this release writes one.
    """
    return read(text, _KIND, _FIELDS, _customer)


def _customer(form: list[Json]) -> Customer:
    (code, project, name, gender, age, phones, identity, occupation, address, source, introducer) = form[:11]
    (needs, grades, stage, overlays, ties, wanted_unit, consultant, specialist, collector) = form[11:20]
    (first_contact, first_visit, file_opened, last_contact, last_callback, allocated_on, dossier_on) = form[20:27]
    buyer, changes, note, marks = form[27:]
    return Customer(
        code=text_in(code),
        project=text_in(project),
        name=text_in(name),
        gender=None if gender is None else Gender(gender),
        age=None if age is None else _age_in(age),
        phones=tuple(Phone(text_in(phone)) for phone in list_in(phones)),
        identity=None if identity is None else _identity_in(identity),
        occupation=text_in(occupation),
        address=text_in(address),
        source=None if source is None else LeadSource(source),
        introducer=text_in(introducer),
        needs=tuple(_need_in(need) for need in list_in(needs)),
        grades=tuple(_grading_in(grading) for grading in list_in(grades)),
        stage=None if stage is None else DecisionStage(stage),
        overlays=tuple(DecisionStage(each) for each in list_in(overlays)),
        ties=tuple(_tie_in(tie) for tie in list_in(ties)),
        wanted_unit=text_in(wanted_unit),
        consultant=text_in(consultant),
        specialist=text_in(specialist),
        collector=text_in(collector),
        first_contact=maybe_day_in(first_contact),
        first_visit=maybe_day_in(first_visit),
        file_opened=maybe_day_in(file_opened),
        last_contact=maybe_day_in(last_contact),
        last_callback=maybe_day_in(last_callback),
        allocated_on=maybe_day_in(allocated_on),
        dossier_on=maybe_day_in(dossier_on),
        buyer=None if buyer is None else flag_in(buyer),
        changes=tuple(_change_in(change) for change in list_in(changes)),
        note=text_in(note),
        marks=tuple(text_in(mark) for mark in list_in(marks)),
    )


def _age_form(age: BornOn | AgedOn) -> Json:
    if isinstance(age, BornOn):
        return day_text(age.day)
    return [age.years, day_text(age.noted_on)]


def _age_in(form: Json) -> BornOn | AgedOn:
    if type(form) is list:
        years, noted_on = list_in(form, 2)
        return AgedOn(whole_in(years), day_in(noted_on))
    return BornOn(day_in(form))


def _identity_in(form: Json) -> IdentityNumber:
    number, kind = list_in(form, 2)
    return IdentityNumber(text_in(number), IdentityKind(kind))


def _need_form(need: Need) -> Json:
    area, budget = need.area, need.budget
    return [
        maybe_day(need.noted_on),
        None if area is None else [_area_form(area.least), _area_form(area.most)],
        need.layout,
        None if budget is None else [_money_form(budget.least), _money_form(budget.most)],
    ]


def _need_in(form: Json) -> Need:
    noted_on, area, layout, budget = list_in(form, 4)
    return Need(
        day_in(noted_on),
        None if area is None else Range(*(_area_in(end) for end in list_in(area, 2))),
        text_in(layout),
        None if budget is None else Range(*(_money_in(end) for end in list_in(budget, 2))),
    )


def _area_form(area: Area | None) -> Json:
    return None if area is None else str(area.square_metres)


def _area_in(form: Json) -> Area | None:
    return None if form is None else Area(text_in(form))


def _money_form(money: Money | None) -> Json:
    return None if money is None else str(money.amount)


def _money_in(form: Json) -> Money | None:
    return None if form is None else Money(text_in(form))


def _grading_form(grading: Grading) -> Json:
    return [maybe_day(grading.on), grading.grade._value_]


def _grading_in(form: Json) -> Grading:
    on, grade = list_in(form, 2)
    return Grading(day_in(on), IntentGrade(grade))


def _tie_form(tie: UnitTie) -> Json:
    return [
        tie.unit,
        tie.status._value_,
        maybe_day(tie.subscribed_on),
        maybe_day(tie.signed_on),
        maybe_day(tie.moved_in_on),
        tie.ended._value_ if tie.ended else None,
        maybe_day(tie.ended_on),
    ]


def _tie_in(form: Json) -> UnitTie:
    unit, status, subscribed_on, signed_on, moved_in_on, ended, ended_on = list_in(form, 7)
    return UnitTie(
        text_in(unit),
        PurchaseStatus(status),
        maybe_day_in(subscribed_on),
        maybe_day_in(signed_on),
        maybe_day_in(moved_in_on),
        None if ended is None else TieEnd(ended),
        maybe_day_in(ended_on),
    )


def _change_form(change: Change) -> Json:
    return [
        change.number,
        change.what,
        change.old,
        change.new,
        change.reporter,
        moment_form(change.reported_at),
        change.state.value,
        change.updater,
        maybe_moment(change.decided_at),
    ]


def _change_in(form: Json) -> Change:
    number, what, old, new, reporter, reported_at, state, updater, decided_at = list_in(form, 9)
    return Change(
        whole_in(number),
        text_in(what),
        text_in(old),
        text_in(new),
        text_in(reporter),
        moment_in(reported_at),
        ChangeState(state),
        text_in(updater),
        maybe_moment_in(decided_at),
    )
