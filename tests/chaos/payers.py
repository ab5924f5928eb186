"""People who buy and pay at two banks while banks and site fail, and what became of each of their orders.

    payers.py pay    LEDGER --site URL --bank NUMBER=URL --bank NUMBER=URL --tokens FILE --orders N --campaign C --tier T [--seed S]
    payers.py settle LEDGER --site URL --tokens FILE --limit SECONDS
    payers.py day    FILE --bank NUMBER=URL --credentials FILE --day 2026-11-20

`pay` lets N orders go their ways: most are paid by a token or at a cashier, some are given up, cancelled after the cashier was
opened and then paid all the same, paid at both banks, or given back. Every request is repeated until it is answered. LEDGER has
a line for each order.
`day` fetches a bank's file of a day, signed as the site.
`settle` waits until every order is final, and ends with 1 if one is not, or if what its buyer was charged is not what they got.
"""

import argparse
import collections
import hashlib
import hmac
import http.client
import json
import random
import sys
import threading
import time
import tomllib
import urllib.parse
import urllib.request

THREADS = 24
PATIENCE_S = 120  # a bank or the site may be away so long
CUSTOMERS = 100  # of each bank: c1, c2, …
PASSWORD = "payer-password-1"
FINAL = {"completed", "cancelled", "expired", "failed", "refunded"}


class Away(Exception):
    """No answer within the patience."""


class Peer:
    """One thread's connection to a server that may go and come back."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.place = (parts.hostname, parts.port)
        self.connection = None

    def call(self, method, path, token=None, body=None, headers=None):
        """Repeats until there is an answer other than 5xx or 429; (status, JSON or None)."""
        until = time.monotonic() + PATIENCE_S
        pause = 0.05
        while time.monotonic() < until:
            try:
                status, answer = self._once(method, path, token, body, headers or {})
                if status < 500 and status != 429:
                    return status, answer
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self.connection = None
            time.sleep(pause * random.uniform(0.5, 1))
            pause = min(pause * 2, 1)
        raise Away(f"{method} {path}")

    def _once(self, method, path, token, body, headers):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(*self.place, timeout=10)
        if token:
            headers = {**headers, "Authorization": f"Bearer {token}"}
        data = None if body is None else json.dumps(body)
        if data is not None:
            headers = {**headers, "Content-Type": "application/json"}
        self.connection.request(method, path, data, headers)
        response = self.connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None


class Payer(threading.Thread):
    """Takes orders from the list until it is empty."""

    def __init__(self, options, tokens, work, lines):
        super().__init__()
        self.site = Peer(options.site)
        self.banks = {number: Peer(url) for number, url in options.banks.items()}
        self.logins = {}
        self.options = options
        self.tokens = tokens
        self.work = work
        self.lines = lines
        self.trouble = None

    def run(self):
        while True:
            try:
                number = self.work.popleft()
            except IndexError:
                return
            try:
                self.lines.append(self.buy(number))
            except Exception as error:  # whatever it is, the test has to know
                self.trouble = f"order {number}: {type(error).__name__}: {error}"
                return

    def customer(self, bank, number):
        """A login at the bank, made once by each thread."""
        name = f"c{number % CUSTOMERS + 1}"
        if (bank, name) not in self.logins:
            status, answer = self.banks[bank].call("POST", "/api/v1/customers/logins", None, {"name": name, "password": PASSWORD})
            if status not in (200, 201):
                raise ValueError(f"bank {bank}: login of {name}: {status} {answer}")
            self.logins[bank, name] = answer["token"]
        return self.logins[bank, name]

    def buy(self, number):
        chance = random.Random(f"{self.options.seed}/{number}")
        person = number % len(self.tokens)
        token = self.tokens[person]
        line = {"number": number, "person": person, "plan": self.plan(chance), "paid": []}
        status, answer = self.site.call(
            "POST", "/api/v1/orders", token, {"campaign": self.options.campaign, "lines": [{"tier": self.options.tier, "quantity": 1}]},
            {"Idempotency-Key": f"payer-{self.options.seed}-{number}"})
        if status not in (200, 201):
            raise ValueError(f"order: {status} {answer}")
        order = answer["order"]
        line["order"] = order["id"]
        line["amount"] = order["amount"]["minor"]
        banks = list(self.banks)
        bank = banks[number % len(banks)]
        plan = line["plan"]
        if plan == "leave":
            return line
        if plan == "token":
            self.pay_by_token(line, token, bank)
            return line
        self.pay_at_cashier(line, token, bank, cancel=plan == "cancel")
        if plan == "twice":
            self.pay_at_cashier(line, token, banks[(number + 1) % len(banks)])
        if plan == "return":
            self.give_back(line, token)
        return line

    @staticmethod
    def plan(chance):
        at = chance.random()
        for plan, share in (("token", 0.45), ("cashier", 0.4), ("leave", 0.04), ("cancel", 0.04), ("twice", 0.03), ("return", 0.04)):
            if at < share:
                return plan
            at -= share
        return "token"

    def pay_by_token(self, line, token, bank):
        customer = self.customer(bank, line["number"])
        wish = {"merchant": "onsale", "order": str(line["order"]), "amount": line["amount"], "currency": "CNY", "minutes": 30}
        status, granted = self.banks[bank].call("POST", "/api/v1/me/authorisations", customer, wish)
        if status not in (200, 201):
            raise ValueError(f"grant: {status} {granted}")
        status, answer = self.site.call(
            "POST", f"/api/v1/orders/{line['order']}/payments", token, {"bank": bank, "way": "token", "token": granted["token"]})
        line["paid"].append([bank, "token", status, (answer or {}).get("code")])

    def pay_at_cashier(self, line, token, bank, cancel=False):
        status, answer = self.site.call("POST", f"/api/v1/orders/{line['order']}/payments", token, {"bank": bank, "way": "cashier"})
        if status not in (200, 201):
            line["paid"].append([bank, "cashier", status, answer.get("code")])
            return
        if cancel:
            self.site.call("POST", f"/api/v1/orders/{line['order']}/cancel", token)
        link = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer["cashier_url"]).query))
        link = {**link, "return_to": link.pop("return", ""), "amount": int(link["amount"]), "expires": int(link["expires"])}
        link.pop("return", None)
        status, bill = self.banks[bank].call("POST", "/api/v1/cashier/bills/payments", self.customer(bank, line["number"]), link)
        line["paid"].append([bank, "cashier", status, (bill or {}).get("code") or (bill or {}).get("state")])

    def give_back(self, line, token):
        until = time.monotonic() + 90
        while time.monotonic() < until:
            _, answer = self.site.call("GET", f"/api/v1/orders/{line['order']}", token)
            state = answer.get("order", answer)["state"]
            if state == "completed":
                status, answer = self.site.call("POST", f"/api/v1/orders/{line['order']}/refunds", token, {"reason": "schedule"})
                line["returned"] = [status, (answer or {}).get("code")]
                return
            if state in FINAL:
                return
            time.sleep(0.5)


def pay(options):
    tokens = open(options.tokens, encoding="ascii").read().split()
    work = collections.deque(range(options.orders))
    lines = collections.deque()
    payers = [Payer(options, tokens, work, lines) for _ in range(THREADS)]
    for payer in payers:
        payer.start()
    while any(payer.is_alive() for payer in payers):
        time.sleep(1)
        if sys.stderr.isatty():
            print(f"\r{len(lines)} of {options.orders}", end="", file=sys.stderr)
    with open(options.ledger, "w", encoding="ascii") as ledger:
        for line in sorted(lines, key=lambda line: line["number"]):
            ledger.write(json.dumps(line) + "\n")
    troubles = [payer.trouble for payer in payers if payer.trouble]
    for trouble in troubles[:10]:
        print(trouble)
    return 1 if troubles or len(lines) < options.orders else 0


def money_of(site, token, order):
    """What the site says was captured for an order and has gone back."""
    _, answer = site.call("GET", f"/api/v1/orders/{order}/payments", token)
    return answer.get("payments", answer.get("items", [])), answer.get("refunds", [])


def settle(options):
    tokens = open(options.tokens, encoding="ascii").read().split()
    lines = [json.loads(line) for line in open(options.ledger, encoding="ascii")]
    site = Peer(options.site)
    until = time.monotonic() + options.limit
    states = collections.Counter()
    open_lines = lines
    while open_lines and time.monotonic() < until:
        left = []
        for line in open_lines:
            _, answer = site.call("GET", f"/api/v1/orders/{line['order']}", tokens[line["person"]])
            line["state"] = answer.get("order", answer)["state"]
            if line["state"] not in FINAL:
                left.append(line)
        open_lines = left
        if left:
            time.sleep(1)
    wrong = [f"order {line['order']} ({line['plan']}, {line['paid']}) is still {line.get('state')}" for line in open_lines]
    for line in lines:
        if line in open_lines:
            continue
        states[line["plan"], line["state"]] += 1
        taken = any(status == 200 or status == 201 for _, _, status, _ in line["paid"])
        if line["state"] == "completed" and not taken:
            wrong.append(f"order {line['order']} has tickets and was not paid for: {line['paid']}")
        if line["plan"] == "leave" and line["state"] != "expired":
            wrong.append(f"order {line['order']} was left and is {line['state']}")
    for (plan, state), count in sorted(states.items()):
        print(f"{plan:8} {state:10} {count}")
    for text in wrong[:20]:
        print(text)
    return 1 if wrong else 0


def day(options):
    with open(options.credentials, "rb") as file:
        credentials = tomllib.load(file)
    key = credentials["to_bank"][-1]
    path = f"/merchant/v1/days/{options.day}.csv"
    at = str(int(time.time()))
    signature = hmac.new(bytes.fromhex(key["secret"]), f"GET\n{path}\n{at}\n".encode(), hashlib.sha256).hexdigest()
    headers = {"Onsale-Party": credentials["merchant"], "Onsale-Key": key["id"], "Onsale-Time": at, "Onsale-Signature": f"v1={signature}"}
    for url in options.banks.values():
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=headers), timeout=30) as response:
            with open(options.ledger, "wb") as file:
                file.write(response.read())
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["pay", "settle", "day"])
    parser.add_argument("ledger")
    parser.add_argument("--site")
    parser.add_argument("--credentials")
    parser.add_argument("--day")
    parser.add_argument("--bank", action="append", default=[])
    parser.add_argument("--tokens")
    parser.add_argument("--orders", type=int, default=100)
    parser.add_argument("--campaign", type=int, default=0)
    parser.add_argument("--tier", type=int, default=0)
    parser.add_argument("--limit", type=float, default=180)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    options.banks = {int(number): url for number, url in (bank.split("=", 1) for bank in options.bank)}
    sys.exit({"pay": pay, "settle": settle, "day": day}[options.verb](options))


if __name__ == "__main__":
    main()
