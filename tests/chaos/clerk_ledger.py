"""What a clerk knows outside the server: one line for each effect, synced before the next step, and the world that follows from the lines.

A line is JSON: `do` names the effect, `outcome` is "done" (the server acknowledged it) or "unknown" (the connection was lost first). What
was refused has no line: it must have no effect. Only one effect on a thing can be unknown, because a clerk stops at the first one and
`check` settles it before the next round.
"""

import http.client
import json
import os
import random
import struct
import threading
import zlib
from dataclasses import dataclass, field

ANSWER_LIMIT_S = 15
PICTURE_SIDE = 200
# What the campaign file of lib.sh begins with.
SESSION, POOL, CAMPAIGN, TIER = 100, 2, 1002, 22
FIRST_STOCK = 1000
FIRST_PRICE = "10.00"
FIRST_TIER_NAME = "Ticket"
FIRST_CAMPAIGN_NAME = "Sale"


class Lost(Exception):
    """The request may have had its effect: the connection went before the answer."""


class NotSent(Exception):
    """Nobody listened, so the request had no effect."""


@dataclass
class Answer:
    status: int
    body: bytes

    @property
    def json(self):
        return json.loads(self.body) if self.body else {}

    def __str__(self):
        return f"{self.status} {self.body[:300]!r}"


class Server:
    """Requests to the server, each on a connection of its own."""

    def __init__(self, address, staff):
        self.host, self.port = address.removeprefix("http://").split(":")
        self.staff = staff

    def call(self, method, path, body=None, token=None):
        headers = {"Connection": "close"}
        if token:
            headers["Authorization"] = "Bearer " + token
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self.host, int(self.port), timeout=ANSWER_LIMIT_S)
        try:
            connection.connect()
        except OSError as error:
            raise NotSent(str(error)) from error
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise Lost(str(error)) from error
        finally:
            connection.close()


class Value:
    """Something that is set again and again: as last acknowledged, or as the unknown change after that."""

    def __init__(self, first):
        self.known = first
        self.unknown = None

    def set(self, value, done):
        if done:
            self.known, self.unknown = value, None
        else:
            self.unknown = value

    @property
    def possible(self):
        return [self.known] if self.unknown is None else [self.known, self.unknown]

    @property
    def wanted(self):
        return self.possible[-1]


@dataclass
class Login:
    token: str
    ended: Value = field(default_factory=lambda: Value(False))


@dataclass
class Person:
    username: str
    password: str
    nickname: Value
    number: int = 0  # 0: registering is not acknowledged
    touched: int = 0  # the round of the last effect
    disabled: Value = field(default_factory=lambda: Value(False))
    logins: dict = field(default_factory=dict)  # by refresh token

    @property
    def active(self):
        return self.number != 0 and self.disabled.possible == [False]

    @property
    def live(self):
        return [refresh for refresh, login in self.logins.items() if login.ended.possible == [False]]


class World:
    """What must be there, from the lines alone."""

    def __init__(self):
        self.people = {}
        self.tier = Value([FIRST_PRICE, FIRST_TIER_NAME])
        self.campaign = Value(FIRST_CAMPAIGN_NAME)
        self.additions = {}  # by id: count, done, round
        self.pictures = {}  # by key: address or nothing, done, round

    def apply(self, line):
        getattr(self, "_" + line["do"])(line, line["outcome"] == "done")

    def _register(self, line, done):
        person = Person(line["username"], line["password"], Value(line["nickname"]), touched=line["round"])
        self.people[person.username] = person
        if done:
            person.number = line["person"]
            self._login(line, done)

    def _touch(self, line):
        person = self.people[line["username"]]
        person.touched = line["round"]
        return person

    def _login(self, line, done):
        person = self._touch(line)
        if done:
            person.logins[line["refresh"]] = Login(line["token"])

    def _refresh(self, line, _done):
        del self.people[line["username"]].logins[line["former"]]
        self._login(line, True)

    def _nickname(self, line, done):
        self._touch(line).nickname.set(line["nickname"], done)

    def _logout(self, line, done):
        self._touch(line).logins[line["refresh"]].ended.set(True, done)

    def _disable(self, line, done):
        self._touch(line).disabled.set(True, done)

    def _tier(self, line, done):
        self.tier.set([line["price"], line["name"]], done)

    def _campaign(self, line, done):
        self.campaign.set(line["name"], done)

    def _add(self, line, done):
        self.additions[line["addition"]] = (line["count"], done, line["round"])

    def _picture(self, line, done):
        self.pictures[line["key"]] = (line.get("address"), done, line["round"])


class Ledger:
    """The lines on disk and the world that they make. Any thread may note."""

    def __init__(self, path):
        self.world = World()
        self.lines = []
        self._lock = threading.Lock()
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.lines = [json.loads(line) for line in file]
        for line in self.lines:
            self.world.apply(line)
        self._file = open(path, "a", encoding="utf-8")

    def note(self, line):
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.lines.append(line)
            self.world.apply(line)


def picture(key):
    """A PNG whose bytes follow from the key."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    source = random.Random(key)
    rows = b"".join(b"\0" + source.randbytes(3 * PICTURE_SIDE) for _ in range(PICTURE_SIDE))
    head = struct.pack(">IIBBBBB", PICTURE_SIDE, PICTURE_SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
