"""A bank of its own for black-box tests: `onsale bank` on a free port, with customers, and the merchant's side of its interface
(docs/formats/bank-interface.md) written anew from that page.
"""

import copy
import hashlib
import hmac
import http.client
import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import tomllib
import time

PASSWORD = "correct horse"
TELLER = "tom"
NO_FAULTS = {name: 0 for name in
             ("slow_ms", "refuse_every", "error_every", "lose_reply_every", "bad_json_every", "wrong_amount_every", "wrong_currency_every",
              "callbacks_lost_percent", "callbacks_delayed_percent", "callbacks_delay_seconds_max", "callbacks_repeated_percent",
              "callbacks_repeats", "callbacks_wrong_amount_percent", "refunds_accepted_percent", "refunds_refused_percent",
              "refunds_settled_after_seconds")} | {"seed": 1, "down": False, "silent": False}
PATIENCE_S = 20


class Credentials:
    """The file that the site gives its bank, as the bank's process wants it."""

    def __init__(self, text, port):
        self.text = re.sub(r'(?m)^site = ".*"$', f'site = "http://127.0.0.1:{port}"', text)
        self.number = tomllib.loads(text)["bank"]
        self.name = "onsale"

    def credentials(self):
        return self.text

    def key(self):
        return tomllib.loads(self.text)["to_site"][-1]


class Answer:
    """Status and body of one response."""

    def __init__(self, status, body):
        self.status = status
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json.get("code")

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Merchant:
    """The other side of a bank: a site that takes heartbeats and callbacks, and keys to call with."""

    def __init__(self, number=1, name="onsale"):
        self.number, self.name = number, name
        self.to_bank, self.to_site = ("1f0c93aa", "a1" * 32), ("90b1d2e4", "b2" * 32)
        self.events, self.beats, self.status = [], [], 200
        self.changed = threading.Condition()
        merchant = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(merchant.take(self.path, self.headers, body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.site = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def take(self, path, headers, body):
        expected = self.sign(self.to_site, "POST", path, headers["Onsale-Time"], body.decode())
        with self.changed:
            if headers["Onsale-Key"] != self.to_site[0] or headers["Onsale-Signature"] != expected:
                return 401
            if path == "/api/v1/registry/heartbeats":
                self.beats.append(json.loads(body))
            elif path == f"/api/v1/payments/callbacks/{self.number}":
                self.events += json.loads(body)["events"]
            self.changed.notify_all()
            return self.status

    def wait(self, condition, what):
        with self.changed:
            if not self.changed.wait_for(condition, PATIENCE_S):
                raise AssertionError(f"{what} did not come")

    @staticmethod
    def sign(key, method, path, seconds, body):
        signed = f"{method}\n{path}\n{seconds}\n{body}".encode()
        return "v1=" + hmac.new(bytes.fromhex(key[1]), signed, hashlib.sha256).hexdigest()

    def headers(self, method, path, body):
        seconds = str(int(time.time()))
        return {"Onsale-Party": self.name, "Onsale-Key": self.to_bank[0], "Onsale-Time": seconds,
                "Onsale-Signature": self.sign(self.to_bank, method, path, seconds, body)}

    def credentials(self):
        lists = "".join(f'[[{name}]]\nid = "{key[0]}"\nsecret = "{key[1]}"\n'
                        for name, key in (("to_bank", self.to_bank), ("to_site", self.to_site)))
        return f'site = "{self.site}"\nbank = {self.number}\nmerchant = "{self.name}"\n{lists}'

    def bill(self, reference, order, amount, seconds=600):
        """What the cashier's link says, as the page sends it to the bank."""
        link = {"merchant": self.name, "reference": reference, "order": order, "amount": amount, "currency": "CNY",
                "expires": int(time.time()) + seconds, "title": "Two tickets", "return_to": f"{self.site}/orders/{order}/pay"}
        lines = "\n".join(str(link[name]) for name in
                          ("merchant", "reference", "order", "amount", "currency", "expires", "title", "return_to"))
        signature = hmac.new(bytes.fromhex(self.to_bank[1]), lines.encode(), hashlib.sha256).hexdigest()
        return {**link, "key": self.to_bank[0], "signature": signature}


class Bank:
    """One bank; `customers`: name → balance."""

    def __init__(self, onsale, merchant, customers):
        self.onsale, self.merchant = onsale, merchant
        self.folder = tempfile.mkdtemp(prefix="onsale-bank-test.")
        self.data = os.path.join(self.folder, "data")
        self.credentials = os.path.join(self.folder, "onsale.toml")
        self.write(self.credentials, merchant.credentials())
        subprocess.run([onsale, "bank", "setup", "--data", self.data, "--teller", TELLER, "--password-stdin"],
                       input=PASSWORD + "\n", text=True, check=True)
        lines = "".join(f"{name},{PASSWORD},{balance}\n" for name, balance in customers.items())
        self.write(os.path.join(self.folder, "customers.csv"), "name,password,balance\n" + lines)
        subprocess.run([onsale, "bank", "customers", "import", "--data", self.data,
                        os.path.join(self.folder, "customers.csv")], check=True, stdout=subprocess.DEVNULL)
        self.port, self.process = 0, None
        self.start()

    @staticmethod
    def write(path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def beside(self):
        """One more process on the same data folder."""
        other = copy.copy(self)
        other.port = 0
        other.start("--beside")
        return other

    def start(self, *words):
        log = open(os.path.join(self.folder, "bank.log"), "ab")
        command = [self.onsale, "bank", "--data", self.data, "--port", str(self.port), "--credentials", self.credentials, *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        log.close()
        line = self.process.stdout.readline().decode()
        match = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not match:
            raise RuntimeError(f"the bank said {line!r}")
        self.port = int(match.group(1))

    def stop(self):
        self.process.terminate()
        result = self.process.wait(30)
        self.process.stdout.close()
        return result

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def check(self):
        """Exit code and totals of `onsale bank check`."""
        found = subprocess.run([self.onsale, "bank", "check", "--data", self.data], capture_output=True, text=True, check=False)
        return found.returncode, json.loads(found.stdout)

    def call(self, method, path, body=None, token=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, text, sent)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        finally:
            connection.close()

    def as_merchant(self, path, items):
        text = json.dumps({"items": items})
        answer = self.call("POST", path, text, headers=self.merchant.headers("POST", path, text))
        if answer.status != 200:
            raise AssertionError(repr(answer))
        return answer.json["items"]

    def log_in(self, name, kind="customers"):
        answer = self.call("POST", f"/api/v1/{kind}/logins", {"name": name, "password": PASSWORD})
        if answer.status != 200:
            raise AssertionError(repr(answer))
        return answer.json["token"]

    def grant(self, login, order, amount):
        wanted = {"merchant": self.merchant.name, "order": order, "amount": amount, "currency": "CNY"}
        return self.call("POST", "/api/v1/me/authorisations", wanted, login)
