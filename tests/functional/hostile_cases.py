"""Every address of `onsale routes --json` as every role, with what nobody should send. An answer is a refusal of the catalogue;
nothing changes, nothing grows, and honest buyers do not notice."""

import functools
import http.client
import json
import os
import subprocess
import tempfile
import unittest
import urllib.parse

import hostile_bodies
from hostile_world import CAMPAIGN, TIER
from wire import Wire, answers_in

IMPORTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fuzz", "corpus", "imports")
CROWD_S = 10  # of sale beside the bad input
CROWD_RATE = 1000
GROWTH_MIB = 256  # of memory, beside what a sale itself needs
IDS = ("0", "-1", "+7", "00", "1e3", "0x7b", "1.5", "18446744073709551615", "18446744073709551616", "9" * 300, "%00", "%", "%zz",
       "%f", "%ff%fe", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "%2e%2e", "..", "%20", "987654321%20", "987654321%00", "987654321;a=b",
       "'%20or%201=1--", "%22", "%3cscript%3e", "%e4%b8%ad", "%f0%9f%98%80", "%d9%a3", "NaN", "null", "true", "a" * 3000, "{id}",
       "*", "@", "~")
QUERIES = ("-1", "0", "1e9", "18446744073709551616", "%", "%zz", "%00", "%ff", "%ed%a0%80", "", "a" * 3000, "1,2,,3", "," * 500,
           "1," * 1000, "null", "%e4%b8%ad", "2026-99-99", "9999-12-31T23:59:60Z", "*", "%25", "_", "%22", "'")
HEADERS = (
    {"Authorization": "Bearer"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer a.b.c"}, {"Authorization": "Basic YTpi"},
    {"Authorization": "Bearer " + "a" * 7000}, {"Authorization": "Bearer \xff\xfe"}, {"Authorization": "Bearer " + "." * 600},
    {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."},
    {"Cookie": "__Host-onsale"}, {"Cookie": "__Host-onsale=; __Host-onsale=a.b.c;;; =;"}, {"Cookie": ";" * 3000},
    {"Cookie": "__Host-onsale-staff=\xff"}, {"Cookie": "__Host-onsale-refresh=" + "a" * 5000},
    {"Idempotency-Key": ""}, {"Idempotency-Key": "a" * 5000}, {"Idempotency-Key": "\xff\xfe"},
    {"If-None-Match": '"' * 500}, {"If-None-Match": 'W/"a", *, "'}, {"Accept-Encoding": "gzip;q=2, br;q=x,,;"}, {"Accept": "\xff"},
    {"Last-Event-ID": "a" * 3000}, {"Range": "bytes=0-,1-,-1"}, {"Origin": "null"}, {"Origin": "http://" + "a" * 3000},
    {"X-Forwarded-For": "::ffff:1.2.3.4, " * 200}, {"X-Forwarded-Proto": "gopher"}, {"X-Request-Id": "a\tb" * 100},
    {"Accept-Language": "zh" * 1000}, {"Content-Type": "text/plain"}, {"Content-Type": "\xff"}, {"Expect": "200-ok"},
    {"Content-Encoding": "gzip"}, {"Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings"},
)
# They have no body and no parameter, so there is nothing to do wrong: asking is doing.
PLAIN_DEEDS = {"log_out", "end_other_logins", "log_out_staff", "create_import", "start_audit"}
STREAMS = {"open_events"}  # an answer that does not end


class Client:
    """Requests on one kept connection, opened again when the server has closed it."""

    def __init__(self, site):
        self.site, self.connection = site, None

    def call(self, method, path, body=None, headers=()):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        self.connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            self.connection.putheader(name, value.encode("latin-1"))
        if body is not None or method in ("POST", "PUT", "PATCH"):
            self.connection.putheader("Content-Length", str(len(body or b"")))
        self.connection.endheaders(body)
        response = self.connection.getresponse()
        answer = response.status, response.headers, response.read()
        if response.will_close:
            self.close()
        return answer

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Hostile(unittest.TestCase):
    world = None

    def setUp(self):
        self.client = Client(self.world.site)
        self.told = 0

    def tearDown(self):
        self.client.close()

    def check(self, what, answer, taken):
        """A refusal of the catalogue; where `taken`, an ordinary answer will do."""
        status, headers, body = answer
        self.told += 1
        if taken and 200 <= status < 400:
            if headers.get("Content-Type", "").startswith("application/json") and not headers.get("Content-Encoding"):
                json.loads(body.decode())
            return
        if status == 503:
            self.assertIsNotNone(headers.get("Retry-After"), f"{what}: {status} {body[:200]}")
        elif not 400 <= status < 500:
            self.fail(f"{what}: {status} {body[:300]}")
        code = json.loads(body.decode())["code"]
        self.assertEqual(self.world.errors.get(code), status, f"{what}: {body[:200]}")

    def ask(self, what, row, path, taken, body=None, role=None, headers=()):
        sent = list(headers)
        token = self.world.roles[role] if role else None
        if token:
            sent.append(("Authorization", "Bearer " + token))
        if body is not None and not any(name == "Content-Type" for name, _ in sent):
            sent.append(("Content-Type", "application/json"))
        self.check(f"{row['method']} {path[:120]} as {role}: {what}", self.client.call(row["method"], path, body, sent), taken)

    @staticmethod
    def plain_path(row, value="987654321"):
        parts = [value if part.startswith("{") else part for part in row["pattern"].split("/")]
        return "/".join(parts)

    def rows(self):
        return [row for row in self.world.rows if row["id"] not in STREAMS]

    def bad_bodies(self, roles):
        for row in self.rows():
            schema = self.world.body_schema(row)
            if schema is None:
                continue
            for what, body in hostile_bodies.bodies(schema):
                for role in roles:
                    self.ask(f"body {what}", row, self.plain_path(row), False, body, role)

    def same_afterwards(self, act):
        before, memory = self.world.picture(), self.world.resident_mib()
        act()
        self.assertEqual(self.world.picture(), before)
        self.assertLess(self.world.resident_mib() - memory, GROWTH_MIB)
        self.assertGreater(self.told, 100, "nearly nothing was asked")

    def test_bodies(self):
        self.same_afterwards(lambda: self.bad_bodies(self.world.roles))

    def test_bodies_that_are_too_large(self):
        def act():
            for row in self.rows():
                head = f"{row['method']} {self.plain_path(row)} HTTP/1.1\r\nHost: x\r\nContent-Length: {1 << 40}\r\n\r\n"
                with Wire(self.world.site) as wire:
                    wire.send(head.encode())
                    got, ended = wire.read_to_end()
                    self.assertTrue(ended, row)
                    status, headers, body = answers_in(got)[0]
                    self.assertEqual((status, headers["connection"], json.loads(body)["code"]), (413, "close", "body_too_large"), row)
                self.told += 1
                schema = self.world.body_schema(row)
                if schema is not None:
                    blanks = b" " * (8 << 20) if row["id"] == "set_up_session" else b" " * (16 << 10)
                    self.ask("blanks before the body", row, self.plain_path(row), False, blanks + b"{}", "admin")
        self.same_afterwards(act)

    def test_parameters_of_paths(self):
        def act():
            for row in self.rows():
                if "{" not in row["pattern"]:
                    continue
                schema = self.world.body_schema(row)
                body = None if schema is None else json.dumps(hostile_bodies.sample(schema)).encode()
                for value in IDS:
                    for role in self.world.roles:
                        self.ask("parameter", row, self.plain_path(row, value), False, body, role)
        self.same_afterwards(act)

    def test_queries(self):
        def act():
            for row in self.rows():
                if row["method"] != "GET":
                    continue
                names = [one["name"] for one in self.world.operation(row).get("parameters", []) if one["in"] == "query"]
                for query in [f"{name}={value}" for name in names for value in QUERIES] + ["&" * 500, "=" * 500, "%", "a=%zz&b", "?" * 50]:
                    for role in ("nobody", "buyer", "admin"):
                        self.ask("query", row, self.plain_path(row, "1") + "?" + query, True, None, role)
        self.same_afterwards(act)

    def test_headers(self):
        def act():
            for row in self.rows():
                if row["id"] in PLAIN_DEEDS:
                    continue
                schema = self.world.body_schema(row)
                body = None if schema is None else b"{"
                for fields in HEADERS:
                    for role in ("nobody", "buyer") if "Authorization" not in fields else ("nobody",):
                        self.ask(str(fields)[:80], row, self.plain_path(row), row["method"] == "GET", body, role, fields.items())
                self.ask("many fields", row, self.plain_path(row), False, body, None, [("a", "b")] * 101)
                self.ask("a long field", row, self.plain_path(row), False, body, None, [("a", "b" * 9000)])
        self.same_afterwards(act)

    def test_addresses_that_are_none(self):
        def act():
            for path in ("/" * 4000, "/a" * 2000, "/api/v1/" + "%2e%2e/" * 100, "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                         "/api/v1/orders/", "//api/v1/orders", "/api/v1/orders%00", "/API/V1/orders", "/%", "/%zz",
                         "/api;a=b/v1/orders", "/a" + "?" * 3000, "/" + "a" * 9000):
                for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                    self.ask("address", {"method": method}, path, method == "GET", None, "admin")
            for row in self.rows():
                for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                    if any(other["method"] == method and other["pattern"] == row["pattern"] for other in self.world.rows):
                        continue
                    self.ask("method", {"method": method}, self.plain_path(row, "current0"), False, None, "admin")
        self.same_afterwards(act)

    def test_files_of_imports(self):
        """The inputs of the fuzz target, as files that an operator sends."""
        row = {"method": "POST"}
        for name in sorted(os.listdir(IMPORTS)):
            with open(os.path.join(IMPORTS, name), "rb") as file:
                first, *others = file.read().split(b"\n--- ")
            sent = [("Authorization", "Bearer " + self.world.operator.token)]
            made = json.loads(self.client.call("POST", "/api/v1/imports", None, sent)[2])["import"]
            files = [b"campaign.toml\n" + first] + others[:4]
            for number, (label, _, content) in enumerate(file.partition(b"\n") for file in files):
                place = urllib.parse.quote_from_bytes(label if number < 2 else label[:20], safe="")
                answer = self.client.call("PUT", f"/api/v1/imports/{made}/files/{place}?offset=0", content, sent)
                self.check(f"{name}, file {label[:40]}", answer, True)
            place = f"/api/v1/imports/{made}"
            self.ask(f"check of {name}", row, place + "/check", True, None, "operator")
            view = functools.partial(self.world.site.call, "GET", place, token=self.world.operator.token)
            self.world.site.wait_until(lambda: view().json["state"] != "checking", f"the check of {name}")
            self.check("removal", self.client.call("DELETE", place, None, sent), True)

    def test_honest_buyers_do_not_notice(self):
        world = self.world
        with tempfile.TemporaryDirectory() as folder:
            figures = os.path.join(folder, "figures.json")
            command = [world.crowd, "rate", "--url", f"http://127.0.0.1:{world.site.port}", "--data", world.site.data, "--campaign",
                       str(CAMPAIGN), "--tier", str(TIER), "--people", "500000:20000", "--connections", "32", "--rate", str(CROWD_RATE),
                       "--duration", str(CROWD_S), "--patience", "60", "--json", figures]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as crowd:
                while crowd.poll() is None:
                    self.bad_bodies(("nobody", "buyer"))
                printed = crowd.stdout.read()
            self.assertEqual(crowd.returncode, 0, printed)
            with open(figures, encoding="utf-8") as file:
                counts = json.load(file)
        self.assertGreaterEqual(counts["accepted"], CROWD_RATE * CROWD_S * 9 // 10, counts)
        self.assertEqual((counts["refused"], counts["failed"]), (0, 0), counts)
