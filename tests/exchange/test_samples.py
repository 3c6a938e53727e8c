"""The sample files: dirty on purpose, the same every time, and about nobody."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from estatecrm.exchange.drafts import Draft, Refused
from estatecrm.exchange.reading import Drafts, read_drafts
from estatecrm.testing.sample_people import SAMPLE_DAY, SAMPLE_STAFF, identity_check, sample_people
from estatecrm.testing.samples import CALLS, REGISTER, SAMPLE_FILES, VISITS, write_samples
from estatecrm.values import IdentityNumber, Phone, PhoneKind

COMMITTED = Path(__file__).parents[2] / "examples" / "samples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("samples")
    write_samples(target)
    return target


def read(folder: Path, name: str) -> tuple[Drafts, list[Draft], Counter[str]]:
    drafts = read_drafts(folder / name, today=SAMPLE_DAY)
    rows = list(drafts)
    reasons = Counter(reason.code for row in rows if isinstance(row, Refused) for reason in row.reasons)
    return drafts, [row for row in rows if isinstance(row, Draft)], reasons


def test_the_visitors_list(folder: Path) -> None:
    drafts, accepted, reasons = read(folder, VISITS)
    assert (drafts.rows, drafts.refused, drafts.repeated) == (300, 17, 0)
    assert reasons == {
        "contact_missing": 3,
        "phone_unreadable": 2,
        "identity_checksum": 2,
        "date_ambiguous": 2,
        "grade_unknown": 2,
        "date_impossible": 1,
        "date_in_future": 1,
        "date_unreadable": 1,
        "name_missing": 1,
        "gender_unknown": 1,
        "money_unit_missing": 1,
    }
    assert len({draft.identity for draft in accepted}) == 283 - 9
    assert {draft.grade for draft in accepted} == {"A", "B", "C", "D"}
    known = {staff.name for staff in SAMPLE_STAFF}
    assert [draft.consultant for draft in accepted if draft.consultant not in known] == ["已离职小王"] * 3
    assert [draft.phones for draft in accepted if len(draft.phones) > 1] == [("+8615499000193", "+8615499000194")]
    assert [draft.name for draft in accepted if draft.row == 207] == ["王伟"]


def test_the_callers_list(folder: Path) -> None:
    drafts, accepted, reasons = read(folder, CALLS)
    assert (drafts.rows, drafts.refused, drafts.repeated) == (300, 8, 4)
    assert reasons == {
        "phone_unreadable": 2,
        "phone_lost_digits": 1,
        "age_unreadable": 1,
        "grade_unknown": 1,
        "area_unreadable": 1,
        "date_ambiguous": 1,
        "name_missing": 1,
    }
    assert len({draft.phones for draft in accepted}) == 292


def test_the_register(folder: Path) -> None:
    drafts, accepted, reasons = read(folder, REGISTER)
    assert (drafts.rows, drafts.refused, drafts.repeated) == (300, 9, 4)
    assert reasons == {
        "identity_lost_digits": 4,
        "name_missing": 1,
        "phone_unreadable": 1,
        "unit_missing": 1,
        "dates_out_of_order": 1,
        "status_unknown": 1,
    }
    assert {draft.consultant for draft in accepted} == {staff.name for staff in SAMPLE_STAFF}
    assert {draft.status for draft in accepted} == {"intent", "subscribed", "signed", "moved_in"}
    assert drafts.mapping.unknown == ()


def test_some_people_are_in_two_files(folder: Path) -> None:
    visits, calls, register = (
        {draft.phones[0] for draft in read(folder, name)[1] if draft.phones} for name in SAMPLE_FILES
    )
    assert (len(visits & calls), len(visits & register), len(calls & register)) == (18, 12, 12)


def test_friends_who_introduce_are_named(folder: Path) -> None:
    _, accepted, _ = read(folder, VISITS)
    referred = [draft for draft in accepted if draft.source == "friend_referral"]
    assert len(referred) > 20
    assert all(draft.introducer for draft in referred)


def test_the_files_in_the_repository_are_what_the_generator_writes(folder: Path) -> None:
    for name in SAMPLE_FILES:
        assert (COMMITTED / name).read_bytes() == (folder / name).read_bytes()


def test_another_day_moves_every_date(tmp_path: Path) -> None:
    day = dt.date(2028, 3, 1)
    for path in write_samples(tmp_path, day=day):
        rows = list(read_drafts(path, today=day))
        assert len(rows) == 300
        assert max(row.last_contact for row in rows if isinstance(row, Draft)) > dt.date(2028, 1, 1)


def test_nobody_can_be_one_of_these_people() -> None:
    """Prefix 154 is not allocated and no place has the area code 100000; forms and check characters are sound."""
    for person in sample_people(500, seed=4):
        assert person.phone.startswith("154")
        assert Phone.parse(person.phone).kind is PhoneKind.MOBILE
        assert person.identity.startswith("100000")
        assert IdentityNumber.parse(person.identity, today=SAMPLE_DAY).birth_date == person.birth_date


def test_the_check_character_is_that_of_the_standard() -> None:
    assert identity_check("11010519491231002") == "X"


def test_the_same_seed_gives_the_same_people_and_another_seed_other_phones() -> None:
    assert list(sample_people(50, seed=1)) == list(sample_people(50, seed=1))
    phones = [person.phone for seed in (1, 2, 3) for person in sample_people(300, seed=seed)]
    assert len(set(phones)) == 900


def test_rare_characters_and_compound_surnames_occur() -> None:
    names = [person.name for person in sample_people(900, seed=1)]
    assert any("𠮷" in name for name in names)
    assert any(name.startswith(("欧阳", "上官", "司马", "诸葛")) for name in names)
