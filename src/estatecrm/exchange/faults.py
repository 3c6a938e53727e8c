"""What can be wrong with a file, a row or a field, as codes a catalogue can render."""

from enum import StrEnum
from typing import Final, Self

from estatecrm.errors import ExchangeError


class FileFault(StrEnum):
    """Why a file as a whole is refused."""

    MISSING = "missing"
    EMPTY = "empty"
    UNKNOWN_TYPE = "unknown_type"
    OLD_WORKBOOK = "old_workbook"
    PASSWORD = "password"  # noqa: S105 - a code, not a secret
    BINARY_WORKBOOK = "binary_workbook"
    BROKEN_WORKBOOK = "broken_workbook"
    TOO_BIG = "too_big"
    TOO_WIDE = "too_wide"
    XML_ENTITIES = "xml_entities"
    ENCODING = "encoding"
    NUL = "nul"
    STRAY_QUOTE = "stray_quote"
    LONG_FIELD = "long_field"
    NO_SUCH_SHEET = "no_such_sheet"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    FIELD_MISSING = "field_missing"
    HEADER_TWICE = "header_twice"
    UNKNOWN_HEADER = "unknown_header"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_OURS = "not_ours"


SENTENCES: Final[dict[FileFault, str]] = {
    FileFault.MISSING: "{file} cannot be opened: {why}",
    FileFault.EMPTY: "{file} is empty; export it again from the program it comes from",
    FileFault.UNKNOWN_TYPE: "{file} is neither a workbook nor a csv file; save it as .xlsx or .csv",
    FileFault.OLD_WORKBOOK: "{file} is in an old Excel or WPS format (.xls, .et, a web page); open it, save as .xlsx",
    FileFault.PASSWORD: "{file} is protected by a password; remove the password and save it again",
    FileFault.BINARY_WORKBOOK: "{file} is a binary or foreign workbook; open it and save it as .xlsx",
    FileFault.BROKEN_WORKBOOK: "{file} is damaged or no real workbook ({why}); open it and save it again as .xlsx",
    FileFault.TOO_BIG: "{file} is or unpacks to more than is allowed ({why}); split it into smaller files",
    FileFault.TOO_WIDE: "{file} has a value in column {column} of row {row}, and {limit} columns are allowed; "
    "delete what lies outside the table",
    FileFault.XML_ENTITIES: "{file} declares XML entities, as no office program does; open it and save it again",
    FileFault.ENCODING: "{file} is neither UTF-8 nor GB18030 text; save it as 'CSV UTF-8' or as .xlsx",
    FileFault.NUL: "line {line} of {file} holds a NUL character; save the file as 'CSV UTF-8' or as .xlsx",
    FileFault.STRAY_QUOTE: "a quotation mark on line {line} of {file} is not closed properly and would swallow "
    "the rows below; remove or close it",
    FileFault.LONG_FIELD: "a field on line {line} of {file} is longer than a cell can be; shorten it or look for "
    "a missing quotation mark",
    FileFault.NO_SUCH_SHEET: "{file} has no sheet named {sheet}; it has {sheets}",
    FileFault.NO_HEADER: "no header was found in the first rows of {file}; a header names columns such as {expected}",
    FileFault.NO_ROWS: "{file} has no rows below its header",
    FileFault.FIELD_MISSING: "{file} has no column for {field}; a header such as {expected} would be understood",
    FileFault.HEADER_TWICE: "{file} has two columns headed {header}; rename one of them",
    FileFault.UNKNOWN_HEADER: "{file} has no column headed {header}, which the mapping names; it has {headers}",
    FileFault.NOT_OURS: "{file} is there already and is no workbook; choose another name",
    FileFault.TOO_MANY_ROWS: "{file} would need more than the {limit} rows a sheet can hold; write several files",
}


class FileRefused(ExchangeError):  # noqa: N818 - named like the errors of errors.py
    """
    A file as a whole cannot be read or written.

    *code* and *values* let a catalogue say it in the reader's language; the text is the English sentence.
    """

    def __init__(self, code: FileFault, values: tuple[tuple[str, str], ...]) -> None:
        super().__init__(SENTENCES[code].format(**dict(values)))
        self.code: str = code.value
        self.values = values

    @classmethod
    def because(cls, code: FileFault, /, **values: str) -> Self:
        """The refusal for *code*, its *values* in the order given."""
        return cls(code, tuple(values.items()))


class RowFault(StrEnum):
    """Why a row is refused; each names one field, or the row as a whole."""

    NAME_MISSING = "name_missing"
    NAME_UNREADABLE = "name_unreadable"
    CONSULTANT_UNKNOWN = "consultant_unknown"
    CONTACT_MISSING = "contact_missing"
    PHONE_UNREADABLE = "phone_unreadable"
    PHONE_LOST_DIGITS = "phone_lost_digits"
    IDENTITY_LENGTH = "identity_length"
    IDENTITY_CHARACTERS = "identity_characters"
    IDENTITY_BIRTH_DATE = "identity_birth_date"
    IDENTITY_FUTURE_BIRTH = "identity_future_birth"
    IDENTITY_CHECKSUM = "identity_checksum"
    IDENTITY_LOST_DIGITS = "identity_lost_digits"
    GENDER_UNKNOWN = "gender_unknown"
    AGE_UNREADABLE = "age_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_EARLY = "date_too_early"
    AREA_UNREADABLE = "area_unreadable"
    AREA_IMPLAUSIBLE = "area_implausible"
    MONEY_UNREADABLE = "money_unreadable"
    MONEY_UNIT_MISSING = "money_unit_missing"
    MONEY_IMPLAUSIBLE = "money_implausible"
    RANGE_REVERSED = "range_reversed"
    GRADE_UNKNOWN = "grade_unknown"
    STATUS_UNKNOWN = "status_unknown"
    TEXT_CONTROL = "text_control"
    TEXT_TOO_LONG = "text_too_long"
    CELL_ERROR = "cell_error"
    TOO_MANY_CELLS = "too_many_cells"
    BIRTH_CONTRADICTS_IDENTITY = "birth_contradicts_identity"
    AGE_CONTRADICTS_BIRTH = "age_contradicts_birth"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    STATUS_CONTRADICTS_DATES = "status_contradicts_dates"
    UNIT_MISSING = "unit_missing"


class Unreadable(ValueError):  # noqa: N818 - said of a cell
    """A cell does not say what its column asks; holds the code and never the cell."""

    def __init__(self, code: RowFault) -> None:
        super().__init__(code.value)
        self.code = code
