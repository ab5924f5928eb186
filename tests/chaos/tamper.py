"""Changes an operation record behind the server's back, as somebody with the disk in their hands would.

    tamper.py RECORDS HOW

HOW is byte (one byte of a record's text, in the file itself), result, person, time, sealed (a column set by SQL), middle or
newest (a record removed), all (every record removed), begin (the same, and the chain begins behind them), chain (all but the
newest removed, and the table of both ends dropped). Prints the number that the audit has to name.
"""

import sqlite3
import sys

COLUMNS = {"result": "'forged'", "person": "person + 1", "time": "at_ms + 1000", "sealed": "NULL"}


def some_record(connection):
    """In the middle, with something sealed in it."""
    rows = connection.execute("SELECT operation FROM accounts_operations WHERE sealed IS NOT NULL ORDER BY operation").fetchall()
    return rows[len(rows) // 2][0]


def change_byte(path, connection):
    """Of the first record whose request id stands in one place of the file: an old copy of a row may still lie in free space."""
    rows = connection.execute("SELECT operation, request_id FROM accounts_operations ORDER BY operation").fetchall()
    connection.close()
    with open(path, "r+b") as file:
        content = file.read()
        number, request = next((number, request.encode()) for number, request in rows if content.count(request.encode()) == 1)
        at = content.find(request) + len(request) // 2
        file.seek(at)
        file.write(bytes([content[at] ^ 1]))
    return number


def main():
    path, how = sys.argv[1], sys.argv[2]
    connection = sqlite3.connect(path, isolation_level=None)
    newest = connection.execute("SELECT max(operation) FROM accounts_operations").fetchone()[0]
    number = newest if how in ("newest", "all", "begin", "chain") else some_record(connection)
    if how == "byte":
        number = change_byte(path, connection)
    elif how == "middle":
        connection.execute("DELETE FROM accounts_operations WHERE operation = ?", (number,))
    elif how == "newest":
        connection.execute("DELETE FROM accounts_operations WHERE operation = ?", (newest,))
    elif how == "all":
        connection.execute("DELETE FROM accounts_operations")
    elif how == "begin":
        connection.execute("UPDATE accounts_operation_chain SET removed = newest, removed_hash = newest_hash")
        connection.execute("DELETE FROM accounts_operations")
    elif how == "chain":
        connection.execute("DELETE FROM accounts_operations WHERE operation < ?", (newest,))
        connection.execute("DROP TABLE accounts_operation_chain")
    else:
        connection.execute(f"UPDATE accounts_operations SET {how_column(how)} = {COLUMNS[how]} WHERE operation = ?", (number,))
    print(number)


def how_column(how):
    return {"time": "at_ms"}.get(how, how)


if __name__ == "__main__":
    main()
