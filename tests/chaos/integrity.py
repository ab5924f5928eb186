"""SQLite's own check of database files: PRAGMA integrity_check. Exit code 1 if a file is damaged."""

import sqlite3
import sys


def main():
    good = True
    for path in sys.argv[1:]:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as connection:
            answers = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if answers != ["ok"]:
            good = False
            print(f"{path}: {answers[:5]}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
