"""
The tables of the sales system as they have been for years, and what is put beside them.

Nothing of theirs is altered. A field that 客户 has no column for stands in 客户_附加, and two triggers see to it that
what the old program does by itself counts: a customer it enters gets a code, a customer it changes a new version.
"""

from typing import Final

THEIRS: Final = """
    CREATE TABLE 客户 (
        编号 INTEGER PRIMARY KEY, 姓名 TEXT NOT NULL, 性别 TEXT, 手机 TEXT, 通讯地址 TEXT, 置业顾问 TEXT,
        首次接触 TEXT, 备注 TEXT
    );
    CREATE TABLE 员工 (
        工号 INTEGER PRIMARY KEY, 登录名 TEXT NOT NULL UNIQUE, 姓名 TEXT NOT NULL, 岗位 TEXT NOT NULL,
        离职 INTEGER NOT NULL DEFAULT 0
    );
"""

BESIDE: Final = """
    CREATE TABLE 客户_附加 (
        客户编号 INTEGER PRIMARY KEY, 代码 TEXT NOT NULL UNIQUE, 版本 INTEGER NOT NULL DEFAULT 1,
        想要房号 TEXT, 待定变更 INTEGER NOT NULL DEFAULT 0, 全文 TEXT
    );
    CREATE TABLE 客户_识别 (标识 TEXT NOT NULL, 客户编号 INTEGER NOT NULL, PRIMARY KEY (标识, 客户编号)) WITHOUT ROWID;
    CREATE TABLE 客户_取号 (前缀 TEXT PRIMARY KEY, 已取 INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE 员工_附加 (
        工号 INTEGER PRIMARY KEY, 版本 INTEGER NOT NULL DEFAULT 1, 能力 INTEGER NOT NULL DEFAULT 100
    );

    CREATE INDEX 客户_按顾问 ON 客户 (IFNULL(置业顾问, ''));
    CREATE INDEX 客户_按手机 ON 客户 (REPLACE(REPLACE(手机, ' ', ''), '-', ''));
    CREATE INDEX 客户_按房号 ON 客户_附加 (想要房号) WHERE 想要房号 IS NOT NULL;
    CREATE INDEX 客户_待定 ON 客户_附加 (代码) WHERE 待定变更 > 0;
    CREATE INDEX 识别_按客户 ON 客户_识别 (客户编号);

    CREATE TRIGGER 客户_录入 AFTER INSERT ON 客户 BEGIN
        INSERT INTO 客户_附加 (客户编号, 代码) VALUES (NEW.编号, 'old-' || NEW.编号);
    END;
    CREATE TRIGGER 客户_修改 AFTER UPDATE ON 客户 BEGIN
        UPDATE 客户_附加 SET 版本 = 版本 + 1 WHERE 客户编号 = NEW.编号;
    END;
    CREATE TRIGGER 员工_录入 AFTER INSERT ON 员工 BEGIN
        INSERT INTO 员工_附加 (工号) VALUES (NEW.工号);
    END;
    CREATE TRIGGER 员工_修改 AFTER UPDATE ON 员工 BEGIN
        UPDATE 员工_附加 SET 版本 = 版本 + 1 WHERE 工号 = NEW.工号;
    END;

    -- Whoever was there before the library came.
    INSERT INTO 客户_附加 (客户编号, 代码) SELECT 编号, 'old-' || 编号 FROM 客户;
    INSERT INTO 员工_附加 (工号) SELECT 工号 FROM 员工;
"""
