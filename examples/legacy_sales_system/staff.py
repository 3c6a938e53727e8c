"""`Staff` over 员工 and what stands beside it, in one session."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from estatecrm.errors import Conflict, NotFound, StorageError
from estatecrm.model import Member
from estatecrm.policy import Role
from estatecrm.storage import Stored
from estatecrm.storage.checks import check_member
from estatecrm.storage.texts import keepable
from legacy_sales_system.rows import Row, Rows

POSTS: Final = {
    "置业顾问": Role.PROPERTY_CONSULTANT,
    "销售代表": Role.SALES_REP,
    "销售经理": Role.SALES_MANAGER,
    "案场经理": Role.SITE_MANAGER,
    "销控专员": Role.SALES_CONTROL,
    "信息专员": Role.INFO_SPECIALIST,
}
"""The posts the sales system has a word for; every other one is written as the library writes it."""
_WRITTEN: Final = {role: post for post, role in POSTS.items()}
_WHOLE: Final = "SELECT 登录名, 姓名, 岗位, 离职, 能力, 版本 FROM 员工 JOIN 员工_附加 USING (工号) "


@frozen
class LegacyStaff:
    """The members of staff, known by their login."""

    _rows: Rows

    def add(self, member: Member, /) -> Stored[Member]:
        """Keep a new member; `Conflict` if the login is taken."""
        check_member(member)
        with self._rows.undoing():
            values = (member.id, member.name, _post(member), not member.active)
            self._rows.change("INSERT INTO 员工 (登录名, 姓名, 岗位, 离职) VALUES (?, ?, ?, ?)", values)
            self._put_beside(member, version=1)
        return Stored(member, 1)

    def get(self, id: str, /) -> Stored[Member]:  # noqa: A002 - the interface calls it so
        """The member with the login *id*; `NotFound` if there is none."""
        for row in self._rows.ask(_WHOLE + "WHERE 登录名 = ?", (id,)) if keepable(id) else ():
            return _stored(row)
        raise NotFound(f"nobody logs in as {id!a}")

    def save(self, stored: Stored[Member], /) -> Stored[Member]:
        """Replace the record; `Conflict` if *stored* is not the newest version, `NotFound` if unknown."""
        member = stored.record
        check_member(member)
        if self.get(member.id).version != stored.version:
            raise Conflict(f"{member.id} was changed by somebody else: read it again")
        values = (member.name, _post(member), not member.active, member.id)
        self._rows.change("UPDATE 员工 SET 姓名 = ?, 岗位 = ?, 离职 = ? WHERE 登录名 = ?", values)
        self._put_beside(member, version=stored.version + 1)
        return Stored(member, stored.version + 1)

    def all(self) -> Sequence[Stored[Member]]:
        """All members, active or not, by login."""
        return [_stored(row) for row in self._rows.ask(_WHOLE + "ORDER BY 登录名")]

    def _put_beside(self, member: Member, *, version: int) -> None:
        self._rows.change(
            "UPDATE 员工_附加 SET 能力 = ?, 版本 = ? WHERE 工号 = (SELECT 工号 FROM 员工 WHERE 登录名 = ?)",
            (member.ability, version, member.id),
        )


def _post(member: Member) -> str:
    return _WRITTEN.get(member.role, member.role.value)


def _stored(row: Row) -> Stored[Member]:
    login, name, post, has_left, ability, version = row
    return Stored(Member(login, name, _role(login, post), active=not has_left, ability=ability), version)


def _role(login: str, post: str) -> Role:
    try:
        return POSTS.get(post) or Role(post)
    except ValueError as error:
        raise StorageError(f"the post of {login} is none the library knows: add {post} to POSTS") from error
