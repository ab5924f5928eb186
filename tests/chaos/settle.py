"""Asks again for orders whose outcome is unknown though their last answer was 503: the connection was lost first, and then the server
was too busy to say what had become of it. A 503 settles a first try, which had no effect, and never a repeated one.

    settle.py ANSWERS URL CROWD DATA

ANSWERS is the crowd's record; the answers that were still owed are added to it. CROWD makes tokens with the key in DATA.
"""

import csv
import http.client
import json
import subprocess
import sys
import time

LIMIT_S = 30


def owed(path):
    """The last row of each key that was unknown and then refused with 503."""
    rows, unknown = {}, set()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            status = int(row["status"])
            if status == 0 or (status >= 500 and status != 503):
                unknown.add(row["key"])
            rows[row["key"]] = row
    return [row for key, row in rows.items() if key in unknown and row["status"] == "503"]


def ask(address, row, token):
    host, port = address.removeprefix("http://").split(":")
    headers = {"Authorization": "Bearer " + token, "Idempotency-Key": row["key"], "Content-Type": "application/json"}
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        connection = http.client.HTTPConnection(host, int(port), timeout=5)
        connection.request("POST", "/api/v1/orders", f'{{"campaign":{row["campaign"]}}}', headers)
        response = connection.getresponse()
        body = json.loads(response.read())
        connection.close()
        if response.status != 503:
            return response.status, body
        time.sleep(0.05)
    raise SystemExit(f"settle: {row['key']} is still told to try again after {LIMIT_S} s")


def main():
    path, address, crowd, data = sys.argv[1:]
    rows = owed(path)
    with open(path, "a", encoding="utf-8") as file:
        for row in rows:
            command = [crowd, "token", "--data", data, "--audience", "person", "--subject", row["person"], "--lifetime", "900"]
            token = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            status, body = ask(address, row, token)
            order = body.get("order", {}) if status in (200, 201) else {}
            codes = [ticket.get("code", "") for ticket in order.get("tickets", [])]
            print(",".join([row["key"], row["sent_us"], row["answered_us"], row["person"], row["campaign"], str(status),
                            str(order.get("id", 0)), codes[0] if codes else ""]), file=file)
    if rows:
        print(f"settle: {len(rows)} orders that were told 503 after a lost answer have their answer")


if __name__ == "__main__":
    main()
