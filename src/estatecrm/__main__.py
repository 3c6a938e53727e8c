"""``python -m estatecrm`` and ``py -m estatecrm``: the command line."""

import sys


def main() -> None:
    """Run the command line; without its packages, say which are missing."""
    try:
        from estatecrm.cli.entry import run
    except ImportError as missing:
        if (missing.name or "").partition(".")[0] not in {"click", "rich"}:
            raise
        sys.stderr.write('缺少命令行组件 (the command line is not installed): pip install "estatecrm[cli]"\n')
        sys.exit(2)
    sys.exit(run())


if __name__ == "__main__":
    main()
