"""``python -m loaders.workbook.sample OUT.xlsx`` writes the sample workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from loaders.workbook.sample import SEED, write_sample


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m loaders.workbook.sample", description="写出样例工作簿（均为虚构）")
    parser.add_argument("path", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    write_sample(options.path, options.seed)


if __name__ == "__main__":
    main()
