"""A server of its own for black-box tests: starts the program on a free port with a fresh data folder, and speaks its HTTP interface.

Nothing here looks inside: tokens come from `onsale-crowd token`, which reads the site's key from the data folder as an operator could.
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

READY_LIMIT_S = 20


class Answer:
    """Status, headers and body of one response."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json.get("code")

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Site:
    """One running server."""

    def __init__(self, onsale, crowd, variables=None):
        """`variables`: settings as ONSALE_<SECTION>_<KEY>, in the folder of this server where they hold a {folder}."""
        self.onsale = onsale
        self.crowd = crowd
        self.folder = tempfile.mkdtemp(prefix="onsale-test.")
        self.data = os.path.join(self.folder, "data")
        self.log = open(os.path.join(self.folder, "server.log"), "wb")
        settings = {name: value.format(folder=self.folder) for name, value in (variables or {}).items()}
        self.process = subprocess.Popen([onsale, "serve", "--data", self.data, "--port", "0"], stdout=subprocess.PIPE,
                                        stderr=self.log, env={**os.environ, **settings})
        line = self.process.stdout.readline().decode()
        match = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not match:
            self.stop()
            raise RuntimeError(f"the server said {line!r}")
        self.port = int(match.group(1))
        self.wait_until(lambda: self.call("GET", "/readyz").status == 200, "the server's readiness")
        self.staff_token = self.token(1, "staff")
        self._tokens = {}

    def stop(self):
        """Ends the server as an operator would; returns its exit code."""
        self.process.terminate()
        try:
            result = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            result = self.process.wait()
        self.process.stdout.close()
        self.log.close()
        return result

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def wait_until(condition, what, limit_s=READY_LIMIT_S):
        end = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{what}: not within {limit_s} s")
            time.sleep(0.05)

    def token(self, subject, audience="person", lifetime_s=900, data=None):
        command = [self.crowd, "token", "--data", data or self.data, "--subject", str(subject), "--audience", audience,
                   "--lifetime", str(lifetime_s)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def person(self, number):
        """The token of a person, made once."""
        if number not in self._tokens:
            self._tokens[number] = self.token(number)
        return self._tokens[number]

    def call(self, method, path, body=None, token=None, headers=None):
        """One request on a connection of its own. A dict or list becomes JSON."""
        sent = {"Connection": "close"}
        if token:
            sent["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def staff(self, method, path, body=None, headers=None):
        return self.call(method, path, body, self.staff_token, headers)

    def order(self, person, campaign, lines=None, key=None):
        body = {"campaign": campaign}
        if lines is not None:
            body["lines"] = [{"tier": tier, "quantity": quantity} for tier, quantity in lines]
        return self.call("POST", "/api/v1/orders", body, self.person(person), {"Idempotency-Key": key} if key else None)

    def metric(self, name, **labels):
        """The sum of a metric's samples that carry these labels."""
        total, found = 0.0, False
        for line in self.call("GET", "/metrics").body.splitlines():
            match = re.match(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ([-+0-9.eEInfNa]+)", line)
            if line.startswith("#") or not match or match.group(1) != name:
                continue
            have = dict(re.findall(r'(\w+)="([^"]*)"', match.group(2) or ""))
            if all(have.get(label) == value for label, value in labels.items()):
                total, found = total + float(match.group(3)), True
        return total if found else None


class Stream:
    """An open event stream; reads events with a limit in time."""

    def __init__(self, site, campaigns, token=None):
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=10)
        login = f"Authorization: Bearer {token}\r\n" if token else ""
        request = f"GET /api/v1/events?campaigns={campaigns} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n{login}\r\n"
        self.socket.sendall(request.encode())
        self.text = ""
        self.head = self._until("\r\n\r\n")

    def _until(self, end):
        while end not in self.text:
            piece = self.socket.recv(65536)
            if not piece:
                raise AssertionError(f"the stream ended after {self.text!r}")
            self.text += piece.decode()
        part, self.text = self.text.split(end, 1)
        return part

    def next(self, name, condition=lambda data: True, limit_s=10):
        """The data of the next event of this name that fits; events of other names are passed over."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            event, data = "", ""
            for line in re.split(r"\r?\n", self._until("\n\n")):
                # A stream may be sent in chunks, whose sizes stand on lines of their own.
                if line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:"):
                    data += line[5:].strip()
            if event == name and condition(json.loads(data)):
                return json.loads(data)
        raise AssertionError(f"no event {name} within {limit_s} s")

    def close(self):
        self.socket.close()


def session(number, pools, tiers, campaigns, **more):
    """The definition of a session as POST /api/v1/sessions takes it, in the future."""
    texts = {"zh": "测试", "en": "Trial"}
    return {
        "organiser": {"id": 1, "name": texts},
        "show": {"id": number * 10, "name": texts},
        "session": {"id": number, "starts_at": "2098-12-31T20:00:00+08:00", "ends_at": "2098-12-31T23:00:00+08:00", **more},
        "pools": pools,
        "tiers": [{"name": texts, **tier} for tier in tiers],
        "campaigns": [{"name": texts, "opens_at": "2020-01-01T00:00:00+08:00", "closes_at": "2098-12-31T20:00:00+08:00",
                       **campaign} for campaign in campaigns],
    }
