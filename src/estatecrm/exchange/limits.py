"""How much of a file is read before it is refused."""

from attrs import frozen


@frozen(kw_only=True)
class Limits:
    """
    Bounds on what a file may hold; far above what an office has, far below what hurts a machine.

    *unpacked_bytes* bounds the sum over all members of a workbook, *shared_bytes* the texts its cells share,
    *part_bytes* each small part and what stands behind a table, *ratio* how well a member of more than
    *ratio_from_bytes* may be packed, *record_lines* the lines one csv record may cover.
    """

    file_bytes: int = 256 << 20
    unpacked_bytes: int = 1 << 30
    shared_bytes: int = 128 << 20
    part_bytes: int = 16 << 20
    members: int = 2_000
    directory_bytes: int = 4 << 20
    ratio: int = 200
    ratio_from_bytes: int = 8 << 20
    columns: int = 256
    cell_characters: int = 32_767
    merges: int = 50_000
    record_lines: int = 100


OFFICE = Limits()
"""The bounds used unless a caller passes others."""
