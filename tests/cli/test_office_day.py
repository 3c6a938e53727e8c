"""The commands of an office's day, as a person and as a program see them."""

from pathlib import Path

import pytest


class TestStaff:
    def test_the_first_member_makes_the_database_and_enrols_themself(self, terminal) -> None:
        said = terminal.at("staff", "add", "I01", "沈静怡", "客户信息管理专员")
        assert (said.exit_code, said.stdout) == (0, "已登记：I01 沈静怡，客户信息管理专员\n")

    def test_a_stranger_is_refused_with_the_reason_and_the_clause(self, office) -> None:
        said = office.at("staff", "add", "S02", "周志强", "property_consultant", "--as", "S02")
        assert said.exit_code == 1
        assert said.stdout == ""
        assert said.stderr.splitlines()[0] == "不准"
        assert "✗ 员工名册里没有这个人，请先登记" in said.stderr.splitlines()
        assert said.stderr.splitlines()[-1].startswith("依据：K-01《授权访问》000 §2.3")

    def test_a_role_nobody_knows_is_wrong_usage(self, office) -> None:
        said = office.at("staff", "add", "S02", "周志强", "经理", "--as", "I01")
        assert said.exit_code == 2
        assert "没有“经理”这个岗位；有：property_consultant 置业顾问、" in said.stderr

    def test_the_list_for_a_program(self, office) -> None:
        assert office.json("staff", "list", "--as", "I01") == {
            "schema": "estatecrm.staff/1",
            "staff": [
                {"id": "I01", "name": "沈静怡", "role": "info_specialist", "active": True},
                {"id": "S01", "name": "林晓燕", "role": "property_consultant", "active": True},
            ],
        }


class TestImport:
    def test_every_row_is_accounted_for(self, office, customers) -> None:
        said = office.at("import", str(customers()), "--as", "I01")
        lines = [line.rstrip() for line in said.stdout.splitlines()]
        assert said.exit_code == 1, "rows were rejected"
        assert "客户姓名       姓名           自动识别" in lines
        assert "客户.csv：共4行，新建 2、更新 0、无变化 0、疑似重复 0、退回 2" in lines
        assert "  第4行 联系电话“154*****03”：应为 11 位手机号，或带区号的固定电话" in lines
        assert any(line.startswith("  第5行 置业顾问“周志强”：不在员工名册上") for line in lines)
        assert any(line.startswith("退回的行写在 ") for line in lines)
        assert (office.folder / "客户.csv.rejected.xlsx").exists()

    def test_the_same_file_again_changes_nothing(self, stocked, customers) -> None:
        file = stocked.json("import", str(customers()), "--as", "I01")["files"][0]
        assert file["counts"] == {
            "created": 0, "updated": 0, "unchanged": 2, "possible_duplicate": 0, "rejected": 2,
        }  # fmt: skip
        assert file["planned"] == {"added": 0, "moved": 0, "withdrawn": 0}

    def test_a_file_without_fault_ends_well(self, office, customers) -> None:
        path = customers(text="姓名,电话\n王伟,15400000001\n")
        said = office.at("import", str(path), "--as", "I01", "--lang", "en")
        assert said.exit_code == 0
        assert "客户.csv: 1 rows, created 1, updated 0, unchanged 0, possible duplicate 0, rejected 0" in said.stdout
        assert not (office.folder / "客户.csv.rejected.xlsx").exists()

    def test_a_dry_run_keeps_nothing(self, office, customers) -> None:
        said = office.at("import", str(customers()), "--as", "I01", "--dry-run")
        assert "只是试算，没有保存" in said.stdout
        assert not (office.folder / "客户.csv.rejected.xlsx").exists()
        again = office.json("import", str(customers()), "--as", "I01")["files"][0]
        assert again["counts"]["created"] == 2

    def test_a_column_may_be_named_by_hand(self, office, customers) -> None:
        path = customers(text="称呼,电话,备注\n王伟,15400000001,常来\n")
        said = office.json("import", str(path), "--as", "I01", "--map", "称呼=姓名", "--map", "备注=-")
        assert said["files"][0]["columns"] == [
            {"header": "称呼", "field": "name", "match": "given"},
            {"header": "电话", "field": "phones", "match": "recognised"},
            {"header": "备注", "field": None, "match": "ignored"},
        ]

    def test_refusals_for_a_program_name_row_field_and_code_and_no_whole_number(self, office, customers) -> None:
        file = office.json("import", str(customers()), "--as", "I01")["files"][0]
        assert file["rejected"][0] == {
            "row": 4,
            "field": "phones",
            "code": "phone_unreadable",
            "sentence": "第4行 联系电话“154*****03”：应为 11 位手机号，或带区号的固定电话",
        }

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("空.csv", b"", "空.csv 是空文件，请从原系统重新导出"),
            ("照片.csv", b"\x89PNG\r\n", "照片.csv 既不是工作簿也不是 csv，请另存为 .xlsx 或 .csv"),
            ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.xls 是旧格式"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_one_sentence(self, office, name: str, content: bytes, said: str) -> None:
        path = office.folder / name
        path.write_bytes(content)
        ended = office.at("import", str(path), "--as", "I01")
        assert ended.exit_code == 1
        assert ended.stderr.startswith(said)
        assert "Traceback" not in ended.output

    def test_a_consultant_may_not_import(self, office, customers) -> None:
        said = office.at("import", str(customers()), "--as", "S01")
        assert said.exit_code == 1
        assert "✗ 导入客户只对以下岗位开放：客户信息管理专员、客户信息主管；您的岗位是置业顾问" in said.stderr

    def test_a_mapping_that_is_none_is_wrong_usage(self, office, customers) -> None:
        for wrong in ("称呼", "称呼=昵称"):
            assert office.at("import", str(customers()), "--as", "I01", "--map", wrong).exit_code == 2


class TestToday:
    def test_the_list_says_whom_to_call_and_why(self, stocked) -> None:
        said = stocked.at("today", "--as", "S01", "--on", "2025-03-20")
        lines = [line.rstrip() for line in said.stdout.splitlines()]
        code = lines[3].split()[2]
        assert said.exit_code == 0
        assert lines[0] == "S01 2025年3月20日 待办2项"
        assert lines[1].split() == ["最迟", "客户编码", "姓名", "电话", "等级", "待办", "依据"]
        assert lines[3].split() == [
            "3月18日", "逾期", code, "王伟", "15400000001", "A", "跟进意向客户",
            "A级客户每3天跟进，上次2025年3月15日（C-09", "000", "§3.1）",
        ]  # fmt: skip
        assert lines[4].split()[0] == "3月20日", "due that very day is not overdue"
        assert "逾期" not in lines[4]

    def test_the_list_in_english(self, stocked) -> None:
        lines = stocked.at("today", "--as", "S01", "--on", "20/03/2025", "--lang", "en").stdout.splitlines()
        assert lines[0] == "S01, 20 Mar 2025: 2 things to do"
        assert "grade A: every 3 days, last 15 Mar 2025 (C-09 000 §3.1)" in lines[3]

    def test_an_empty_day_says_so(self, stocked) -> None:
        said = stocked.at("today", "--as", "S01", "--on", "2025-03-17")
        assert said.stdout == "S01 2025年3月17日 没有待办\n"

    def test_a_limit_says_how_many_it_leaves_out(self, stocked) -> None:
        said = stocked.at("today", "--as", "S01", "--on", "2025-03-20", "--limit", "1")
        assert said.stdout.splitlines()[-1] == "…另有1项"

    def test_the_list_for_a_program_is_in_utc(self, stocked) -> None:
        said = stocked.json("today", "--as", "S01", "--on", "2025-03-20")
        first = said["lines"][0]
        assert (said["schema"], said["staff"], said["on"]) == ("estatecrm.today/1", "S01", "2025-03-20")
        assert list(first) == [
            "key", "customer", "unit", "name", "phone", "grade", "status", "entry", "source", "rule", "edition",
            "earliest", "latest", "overdue", "provisional", "todo", "why",
        ]  # fmt: skip
        assert first["key"] == f"C-09/{first['customer']}/2025-03-15"
        assert (first["earliest"], first["latest"]) == ("2025-03-18T01:00:00Z", "2025-03-18T16:00:00Z")
        assert (first["phone"], first["overdue"]) == ("+8615400000001", True)

    def test_nobody_named_is_wrong_usage(self, stocked) -> None:
        said = stocked.at("today")
        assert said.exit_code == 2
        assert "请说明您是谁：--as 工号" in said.stderr

    def test_a_date_that_is_none_is_wrong_usage(self, stocked) -> None:
        said = stocked.at("today", "--as", "S01", "--on", "2025-02-30")
        assert said.exit_code == 2
        assert "--on 后应写 2026-11-20 这样的日期，不是“2025-02-30”" in said.stderr

    def test_a_database_that_is_not_there_is_not_made(self, terminal) -> None:
        said = terminal.at("today", "--as", "S01")
        assert said.exit_code == 2
        assert "没有数据库" in said.stderr
        assert not Path(terminal.db).exists()


class TestExplainAndDone:
    @pytest.fixture
    def key(self, stocked) -> str:
        return stocked.json("today", "--as", "S01", "--on", "2025-03-20")["lines"][0]["key"]

    def test_a_line_is_explained_down_to_the_clause(self, stocked, key: str) -> None:
        """C-09: grade A, every three days."""
        customer = key.split("/")[1]
        assert stocked.at("explain", key, "--as", "S01").stdout.splitlines() == [
            f"待办：跟进意向客户，客户{customer}",
            "时间：2025年3月18日 09:00起，最迟2025年3月18日 24:00",
            "由S01（置业顾问）办理",
            "✓ 是意向客户",
            "✓ 意向等级A级",
            "✓ 上次联系2025年3月15日",
            "· 自2025年3月15日起算，当日不计",
            "· 期限3天",
            "· 最迟2025年3月18日 24:00",
            "· 2025年3月18日 00:00在客户休息时间内，改为2025年3月18日 09:00起",
            "依据：C-09《定期跟进》000 §3.1（developer 2026.1版）",
        ]

    def test_the_explanation_for_a_program(self, stocked, key: str) -> None:
        said = stocked.json("explain", key, "--as", "S01", "--lang", "en")
        assert said["entry"] == {
            "id": "C-09", "title": "Intent follow-up schedule", "source": "000 §3.1", "tier": "core",
        }  # fmt: skip
        assert said["because"][1] == {
            "code": "follow.graded", "met": True, "entry": "C-09", "values": {"grade": "A"},
            "sentence": "Intent grade A",
        }  # fmt: skip
        assert said["working"][1]["code"] == "duty.limit"

    def test_a_key_nobody_knows_is_one_sentence(self, stocked) -> None:
        said = stocked.at("explain", "C-09/NOBODY/2025-03-15", "--as", "S01")
        assert said.exit_code == 1
        assert said.stderr.startswith("没有找到：")

    def test_a_full_form_ends_the_duty_and_the_rhythm_goes_on(self, stocked, key: str) -> None:
        said = stocked.at("done", key, "--as", "S01", "--satisfaction", "满意", "--at", "2025-03-20 10:00")
        assert (said.exit_code, said.stdout) == (0, f"已完成：{key.split('/')[1]}，2025年3月20日 10:00\n")
        lines = stocked.json("today", "--as", "S01", "--on", "2025-03-23")["lines"]
        assert f"C-09/{key.split('/')[1]}/2025-03-20" in [line["key"] for line in lines]

    def test_done_twice_is_refused(self, stocked, key: str) -> None:
        words = ("done", key, "--as", "S01", "--satisfaction", "satisfied", "--at", "2025-03-20 10:00")
        stocked.at(*words)
        said = stocked.at(*words)
        assert (said.exit_code, said.stderr) == (1, "已于2025年3月20日 10:00结束：已完成（S01）\n")

    def test_an_incomplete_form_leaves_the_duty_open(self, stocked, key: str) -> None:
        """D-16: satisfaction left blank does not count."""
        said = stocked.at("done", key, "--as", "S01", "--at", "2025-03-20 10:00")
        assert said.exit_code == 1
        assert said.stderr.splitlines()[0] == "缺：满意度（已有3/4）"
        assert stocked.json("explain", key, "--as", "S01")["open"] is True

    @pytest.mark.parametrize(
        "wrong", [("--channel", "微信"), ("--satisfaction", "还行"), ("--topic", "意见"), ("--at", "2025-03-20 25:00")]
    )
    def test_a_word_nobody_knows_is_wrong_usage(self, stocked, key: str, wrong: tuple[str, str]) -> None:
        assert stocked.at("done", key, "--as", "S01", *wrong).exit_code == 2


class TestPlanAndExport:
    def test_planning_again_adds_nothing(self, stocked) -> None:
        assert stocked.at("plan", "--as", "I01").stdout == "待办：新增0项，改期0项，撤销0项\n"
        assert stocked.json("plan", "--as", "I01") == {
            "schema": "estatecrm.plan/1", "added": 0, "moved": 0, "withdrawn": 0,
        }  # fmt: skip

    def test_the_register_is_a_workbook(self, stocked) -> None:
        out = stocked.folder / "登记表.xlsx"
        said = stocked.at("export", "--as", "I01", "--out", str(out))
        assert said.stdout == f"已写入 {out}：1页，2位意向客户\n"
        assert out.read_bytes().startswith(b"PK")


class TestUpgrade:
    def test_a_current_database_stays_as_it_is(self, office) -> None:
        said = office.at("upgrade")
        assert said.exit_code == 0
        assert said.stdout.startswith(f"数据库 {office.db} 已是本版结构 ")

    def test_a_password_is_never_shown(self) -> None:
        from estatecrm.cli.setting import Setting

        setting = Setting(db="postgresql://crm:geheim@db/crm", staff="", lang="zh")
        assert setting.shown_db == "postgresql://crm:***@db/crm"
