"""A line for each table of an SQLite file: its name, how many rows it has, and a hash over all of them. Equal lines mean equal rows."""

import hashlib
import sqlite3
import sys


def main():
    with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=10) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for table in tables:
            columns = len(list(connection.execute(f'PRAGMA table_info("{table}")')))
            order = ", ".join(str(column) for column in range(1, columns + 1))
            count, digest = 0, hashlib.sha256()
            for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):
                count += 1
                digest.update(repr(row).encode())
            print(f"{table} {count} {digest.hexdigest()}")


if __name__ == "__main__":
    main()
