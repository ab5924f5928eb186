"""Values of the right form that nobody means: the largest and smallest numbers, texts and times, in every field of every body. What
is taken has to work: it can be ordered, shown, exported, audited, and read again after a restart."""

import copy
import http.client
import itertools
import json
import subprocess
import unittest

import accounts
from hostile_bodies import kinds, sample
from hostile_cases import Client, PLAIN_DEEDS, STREAMS
from hostile_world import CAMPAIGN, POOL, SESSION, TIER, World
from site_process import session

NUMBERS = (0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 - 1, 2**53, 2**63 - 1, 2**63, 2**64 - 1)
TEXTS = ("", " ", "0", "-1", "\0", "a\0b", "\x1b[2J", "\r\nX: y", "a" * 200, "字" * 5000, "\u202e\u2066", "\U0001f600" * 30, "'; --",
         "%s%n", "=1+1", "0.00", "92233720368547758.07", "184467440737095516.16", "9" * 40 + ".00", "0.001", "1e5", "CNY",
         "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "2026-12-31T23:59:60Z",
         "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-23:59", "+10000-01-01T00:00:00Z", "2026-12-01T00:00:00+99:99")
GOOD = {"starts_at": "2098-12-31T20:00:00Z", "ends_at": "2098-12-31T23:00:00Z", "opens_at": "2020-01-01T00:00:00Z", "kind": "count",
        "closes_at": "2098-12-31T20:00:00Z", "price": "10.00", "currency": "CNY", "username": "somebody", "password": "secret123",
        "url": "https://hooks.example.org/a", "old_password": accounts.PASSWORD, "new_password": "another456", "roles": ["operator"],
        "events": ["order.completed"], "mobile": "13800000000", "email": "a@b.example", "campaign": CAMPAIGN, "organiser": 1}
numbers = itertools.count(10_000, 10)


def good(schema):
    """A sample with what its fields need by their names."""
    def improve(value):
        if isinstance(value, dict):
            return {name: GOOD[name] if name in GOOD and not isinstance(inner, dict) else improve(inner) for name, inner in value.items()}
        return [improve(one) for one in value] if isinstance(value, list) else value
    return improve(sample(schema))


def base_body(row, schema):
    number = next(numbers)
    offer = session(number, [{"id": 1, "count": 100}], [{"id": number + 1, "pool": 1}], [{"id": number + 2, "tiers": [number + 1]}])
    if row["id"] == "set_up_session":
        return offer
    if row["id"] == "add_campaign":
        return {**offer["campaigns"][0], "tiers": [TIER]}
    if row["id"] in ("place_order", "ticket_get"):
        return {"campaign": CAMPAIGN, "lines": [{"tier": TIER, "quantity": 1}]} if row["id"] == "place_order" else {"actId": CAMPAIGN}
    return good(schema)


def leaves(schema, path=()):
    """The place of each field, with its schema; of lists the first element."""
    kind = kinds(schema)[0]
    if kind.get("type") == "object":
        for name, inner in kind["properties"].items():
            yield from leaves(inner, path + (name,))
    elif kind.get("type") == "array":
        yield path, kind
        yield from leaves(kind["items"], path + (0,))
    else:
        yield path, kind


def extremes(kind):
    if kind.get("type") == "integer":
        return [number for number in NUMBERS if number <= kind.get("maximum", 2**64 - 1)]
    if kind.get("type") == "array":
        return [[], [sample(kind["items"])] * 2, [sample(kind["items"])] * 300]
    return TEXTS if kind.get("type") == "string" else (True, False)


def put(body, path, value):
    """False where the body has no such place."""
    for step in path[:-1]:
        if isinstance(body, dict) and isinstance(step, str):
            body = body.setdefault(step, {"zh": "a", "en": "a"})
        elif isinstance(body, list) and body:
            body = body[0]
        else:
            return False
    if not isinstance(body, (dict, list)) or (isinstance(body, list) and not body):
        return False
    body[path[-1]] = value
    return True


class Extreme(unittest.TestCase):
    programs = ()

    def setUp(self):
        self.world = World(*self.programs)
        self.values = {"organiser": 1, "show": SESSION * 10, "session": SESSION, "campaign": CAMPAIGN, "tier": TIER, "pool": POOL,
                       "person": self.world.operator.person}
        self.client = Client(self.world.site)
        self.offers = []

    def tearDown(self):
        self.client.close()
        if self.world.site.process.poll() is None:
            self.world.site.stop()

    def path(self, row):
        parts = [str(self.values.get(part.strip("{}"), "1")) if part.startswith("{") else part for part in row["pattern"].split("/")]
        return "/".join(parts)

    def call(self, row, path, body=None, token=None):
        sent = [("Content-Type", "application/json")] if body is not None else []
        if token:
            sent.append(("Authorization", "Bearer " + token))
        try:
            status, headers, answer = self.client.call(row["method"], path, body, sent)
        except (http.client.HTTPException, ConnectionError) as error:
            self.fail(f"{row['method']} {path} {body!r:.1500}: {error!r}; the server: {self.world.site.process.poll()}")
        told = f"{row['method']} {path} {body!r:.1500}: {status} {answer[:300]}"
        self.assertTrue(status < 500 or (status == 503 and headers.get("Retry-After")) or b"sender_missing" in answer, told)
        if status >= 400:
            self.assertEqual(self.world.errors.get(json.loads(answer.decode())["code"]), status, told)
        return status, answer

    def try_row(self, row, schema):
        token = self.world.buyer.token if row["access"] == "person" else self.world.admin.token
        for place, kind in leaves(schema):
            for value in extremes(kind):
                body = copy.deepcopy(base_body(row, schema))
                if not put(body, place, value):
                    continue
                status, _ = self.call(row, self.path(row), json.dumps(body).encode(), token)
                if status == 201 and row["id"] == "set_up_session":
                    self.offers += [(one["id"], tier) for one in body["campaigns"] for tier in one["tiers"][:1]]

    def order(self):
        row = {"method": "POST"}
        for campaign, tier in self.offers:
            for quantity in (1, 2**32 - 1):
                wish = {"campaign": campaign, "lines": [{"tier": tier, "quantity": quantity}]}
                self.call(row, "/api/v1/orders", json.dumps(wish).encode(), self.world.buyer.token)

    def look(self):
        for row in self.world.rows:
            if row["method"] != "GET" or row["id"] in STREAMS:
                continue
            token = self.world.buyer.token if row["access"] == "person" else self.world.admin.token
            _, answer = self.call(row, self.path(row), None, token)
            if answer.startswith(b"{"):
                json.loads(answer.decode())
        for campaign, _ in self.offers:
            for end in ("", "/curve", "/results.json", "/results.csv"):
                self.call({"method": "GET"}, f"/api/v1/campaigns/{campaign}{end}", None, self.world.admin.token)

    def test_what_is_taken_works(self):
        rows = [row for row in self.world.rows if self.world.body_schema(row) and row["id"] not in PLAIN_DEEDS]
        rows.sort(key=lambda row: row["id"] == "cancel_session")  # the last, for nothing else can be changed then
        for row in rows:
            self.try_row(row, self.world.body_schema(row))
        self.assertGreater(len(self.offers), 50, "nearly nothing was taken")
        self.order()
        self.look()
        self.client.close()
        self.assertEqual(self.world.site.stop(), 0)
        data = self.world.site.data
        audit = subprocess.run([self.programs[0], "audit", "--data", data], capture_output=True, text=True, check=False)
        self.assertEqual(audit.returncode, 0, f"{audit.stdout}{audit.stderr} kept: {self.world.site.folder}")
        self.starts_again(data)
        self.world.site.remove()

    def starts_again(self, data):
        """The journal can be read, by replay and by making the projections anew."""
        rebuilt = subprocess.run([self.programs[0], "rebuild", "--data", data], capture_output=True, text=True, check=False)
        self.assertEqual(rebuilt.returncode, 0, rebuilt.stdout + rebuilt.stderr)
        command = [self.programs[0], "serve", "--data", data, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            self.assertIn("listening", server.stdout.readline())
            server.terminate()
            self.assertEqual(server.wait(30), 0)
