"""The requirements of a storage, as the kit states them."""

from estatecrm.testing.storage_kit.requirements import REQUIREMENTS


def requirements(_: str, __: str) -> str:
    """Every requirement with its number."""
    rows = [f"| {number} | {text} |" for number, text in REQUIREMENTS.items()]
    return "\n".join(["| number | requirement |", "|---|---|", *rows])
