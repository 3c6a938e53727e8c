"""Records as text: the same record gives the same text, and any other text is refused."""

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs
import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from estatecrm.decisions import Condition, Ending, Reason, Step
from estatecrm.errors import InvalidFacts, StorageError
from estatecrm.model import (
    Attempt,
    BornOn,
    Change,
    ChangeState,
    Contact,
    Customer,
    Grading,
    IntentGrade,
    Member,
    Need,
    PurchaseStatus,
    Standing,
    UnitTie,
)
from estatecrm.policy import Role
from estatecrm.storage import codec
from estatecrm.storage.moments import microseconds_of, moment_of, zone_of
from estatecrm.testing.storage_kit import samples
from estatecrm.values import (
    ALARM,
    Area,
    BusinessHours,
    ClockHours,
    Gender,
    Money,
    NaturalDays,
    Phone,
    Points,
    Range,
    Rate,
    Rounding,
    TimeWord,
    WorkingDays,
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
zones = st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "+05:30", "-00:30"])
moments = st.builds(moment_of, st.integers(-(10**15), 4 * 10**15), zones)
amounts = st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False)
counts = st.integers(0, 10**6)
enums = st.sampled_from([*PurchaseStatus, *Role, *Ending, *Rounding, *Gender])
simple = st.one_of(
    texts,
    st.integers(),
    st.booleans(),
    st.none(),
    amounts,
    days,
    moments,
    st.builds(Money, amounts),
    st.builds(Points, st.integers()),
    st.builds(Area, amounts.map(abs)),
    st.builds(Rate, amounts),
    st.builds(NaturalDays, counts),
    st.builds(WorkingDays, counts),
    st.builds(ClockHours.of_seconds, counts),
    st.builds(BusinessHours.of_seconds, counts),
    st.builds(TimeWord, texts),
    enums,
)
values = st.recursive(simple, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=5)
pairs = st.lists(st.tuples(texts, values), max_size=3).map(tuple)
conditions = st.lists(st.builds(Condition, texts, st.booleans(), texts, pairs), max_size=3).map(tuple)
steps = st.lists(st.builds(Step, texts, values, pairs), max_size=2).map(tuple)
reasons = st.builds(Reason, texts, st.just(samples.entry()), texts, conditions, steps, st.booleans())
ranges = st.builds(lambda one, two: Range(min(one, two), max(one, two)), *[st.builds(Area, amounts.map(abs))] * 2)
needs = st.builds(
    Need, days, st.none() | ranges, texts, st.none() | st.builds(lambda m: Range(None, Money(m)), amounts)
)
ties = st.builds(UnitTie, texts, st.sampled_from(PurchaseStatus), st.none() | days, st.none() | days)
changes = st.builds(
    Change, counts, texts, texts, texts, texts, moments, st.sampled_from(ChangeState), texts, st.none() | moments
)
customers = st.builds(
    Customer,
    code=texts,
    project=texts,
    name=texts,
    age=st.none() | st.builds(BornOn, days),
    phones=st.lists(texts.map(Phone), max_size=2).map(tuple),
    needs=st.lists(needs, max_size=2).map(tuple),
    grades=st.lists(st.builds(Grading, days, st.sampled_from(IntentGrade)), max_size=2).map(tuple),
    ties=st.lists(ties, max_size=2).map(tuple),
    changes=st.lists(changes, max_size=2).map(tuple),
    buyer=st.none() | st.booleans(),
    first_contact=st.none() | days,
    note=texts,
)


@given(customers)
def test_a_customer_comes_back_whole(customer: Customer) -> None:
    text = codec.customer_text(customer)
    read = codec.customer_in(text)
    assert read == customer
    assert codec.customer_text(read) == text


@given(reasons)
def test_a_reason_comes_back_whole(reason: Reason) -> None:
    forms = codec.Reasons()
    text = forms.text(reason)
    read = forms.reason(text)
    assert read == reason
    assert repr(read) == repr(reason)
    assert forms.text(read) == text


@given(moments)
def test_a_moment_comes_back_with_its_zone(moment: pendulum.DateTime) -> None:
    read = moment_of(microseconds_of(moment), zone_of(moment))
    assert read == moment
    assert read.isoformat() == moment.isoformat()


@given(st.one_of(st.dictionaries(texts, texts), st.lists(values, max_size=4).map(str), texts, texts.map(repr)).map(str))
def test_any_other_text_is_refused(text: str) -> None:
    for read in (
        codec.customer_in,
        codec.contact_in,
        codec.member_in,
        codec.attempt_in,
        codec.standings_in,
        codec.Reasons().reason,
    ):
        with pytest.raises(StorageError):
            read(text)


def test_the_text_of_a_plain_customer() -> None:
    assert codec.customer_text(samples.plain("XY250300001")) == (
        '["customer/1","XY250300001","XY","样本甲",null,null,[],null,"","",null,"",[],[],null,[],[],'
        '"","","","",null,null,null,null,null,null,null,null,[],"",[]]'
    )


def test_the_text_of_a_full_reason() -> None:
    text = codec.Reasons().text(samples.full_reason())
    assert text.startswith(
        '["reason/1","KitRule",["KIT-01","样本条目","core",[["000","§1.1"],["002",""]]],"2025",[["kit.met"'
    )
    assert '["rate",["rate","0.005"]]' in text
    assert (
        '["limits",["list",["natural_days",3],["working_days",5],["clock_seconds",5400],["business_seconds",61],'
        in text
    )
    assert '["member",["member","PurchaseStatus","SIGNED"]]' in text
    assert codec.digest_of(text) == "fc4fec8b2370b6478ceb19365cf02be4"


@pytest.mark.parametrize(
    "record", [samples.full("A"), samples.contact("c", "A"), samples.member("m"), samples.attempt("A")]
)
def test_every_field_of_a_full_record_is_kept(record: object) -> None:
    write, read = {
        Customer: (codec.customer_text, codec.customer_in),
        Contact: (codec.contact_text, codec.contact_in),
        Member: (codec.member_text, codec.member_in),
        Attempt: (codec.attempt_text, codec.attempt_in),
    }[type(record)]
    back = read(write(record))
    for field in attrs.fields(type(record)):
        assert getattr(back, field.name) == getattr(record, field.name), field.name
        assert field.default is attrs.NOTHING or getattr(record, field.name) != field.default, (
            f"{field.name} is not full"
        )


def test_every_field_of_a_standing_is_kept() -> None:
    named = {
        field.name: date(2025, 1, number + 1)
        for number, field in enumerate(attrs.fields(Standing))
        if field.name.endswith(("_on", "_since")) or field.name.startswith("last_")
    }
    standing = Standing(
        status=PurchaseStatus.SIGNED,
        stage=samples.full("A").stage,
        grade=IntentGrade.C,
        wanted_unit="1-101",
        buyer=False,
        **named,
    )
    assert all(getattr(standing, field.name) != field.default for field in attrs.fields(Standing))
    text = codec.standings_text((("1-102", standing), ("", Standing())))
    assert codec.standings_in(text) == (("1-102", standing), ("", Standing()))


def test_equal_standings_are_one_object() -> None:
    one = codec.standings_in(codec.standings_text((("1-101", Standing()),)))
    two = codec.standings_in(codec.standings_text((("1-102", Standing()),)))
    assert one[0][1] is two[0][1]


def test_another_version_length_or_kind_of_value_is_refused() -> None:
    text = codec.customer_text(samples.full("A"))
    for wrong in (
        text.replace("customer/1", "customer/2"),
        text.replace("customer/1", "contact/1"),
        text[:-1] + ',""]',
        text.replace('"female"', '"FEMALE"'),
        text.replace('"A","XY"', 'null,"XY"'),
        text.replace("false", "0"),
        text.replace("2024-02-29", "2025-02-29"),
        text.replace("Asia/Shanghai", "Asia/Nowhere"),
        text + " []",
        text[:-1],
    ):
        assert wrong != text
        with pytest.raises(StorageError):
            codec.customer_in(wrong)


def test_a_reason_names_no_class_that_is_not_listed() -> None:
    class Colour(Enum):
        RED = 1

    reason = evolve(samples.planned("x").reason, because=(Condition("c", True, "KIT-01", (("colour", Colour.RED),)),))
    with pytest.raises(StorageError, match="Colour"):
        codec.Reasons().text(reason)
    known = codec.Reasons((Colour,))
    text = known.text(reason)
    assert known.reason(text) == reason
    with pytest.raises(StorageError):
        codec.Reasons().reason(text)


def test_a_class_that_is_called_like_one_of_ours_is_refused() -> None:
    impostor = Enum("Role", "A B")
    with pytest.raises(StorageError, match="Role"):
        codec.Reasons((impostor,))
    reason = evolve(samples.planned("x").reason, working=(Step("c", impostor.A),))
    with pytest.raises(StorageError, match="Role"):
        codec.Reasons().text(reason)


@pytest.mark.parametrize("value", [1.5, b"x", {"a": 1}, [1], pendulum.duration(days=1), Range(1, 2)])
def test_a_reason_speaks_of_known_kinds_only(value: object) -> None:
    reason = evolve(samples.planned("x").reason, working=(Step("c", value),))
    with pytest.raises(StorageError, match=type(value).__name__):
        codec.Reasons().text(reason)


def test_a_subclass_is_not_kept_without_its_fields() -> None:
    @attrs.frozen(kw_only=True)
    class Richer(Customer):
        shoe_size: int = 0

    with pytest.raises(StorageError, match="Richer"):
        codec.customer_text(Richer(code="A", project="XY", name="样本甲"))


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_what_no_database_keeps_is_refused(text: str) -> None:
    with pytest.raises(InvalidFacts):
        codec.customer_text(evolve(samples.plain("A"), note=text))


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "\\\\\\u0000"])
def test_a_backslash_is_no_nul(text: str) -> None:
    customer = evolve(samples.plain("A"), note=text)
    assert codec.customer_in(codec.customer_text(customer)).note == text


def test_what_is_no_text_is_refused_before_it_is_kept() -> None:
    with pytest.raises(InvalidFacts):
        codec.customer_text(evolve(samples.plain("A"), note=None))


def test_a_moment_is_no_day() -> None:
    with pytest.raises(InvalidFacts, match="day"):
        codec.customer_text(evolve(samples.plain("A"), last_contact=samples.NOON))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(InvalidFacts, match="zone"):
        codec.contact_text(evolve(samples.contact("c", "A"), at=pendulum.naive(2025, 3, 5)))


def test_the_zone_of_a_fixed_offset() -> None:
    moment = pendulum.datetime(2025, 3, 5, tz=pendulum.FixedTimezone(-1800))
    assert zone_of(moment) == "-00:30"
    assert moment_of(microseconds_of(moment), "-00:30").isoformat() == "2025-03-05T00:00:00-00:30"
    assert moment_of(0).isoformat() == "1970-01-01T00:00:00+00:00"
    assert microseconds_of(pendulum.datetime(1969, 12, 31, 23, 59, 59, 999_999)) == -1


def test_quantities_keep_their_digits() -> None:
    reason = evolve(
        samples.planned("x").reason, working=(Step("c", Money("1.50"), (("a", Decimal("1E+3")), ("b", ALARM))),)
    )
    read = codec.Reasons().reason(codec.Reasons().text(reason))
    assert str(read.working[0].value.amount) == "1.50"
    assert str(read.working[0].values[0][1]) == "1E+3"
