"""A clerk changes records and stock beside the crowd until the server dies, and later checks that every acknowledged effect is there.

    clerk.py run   LEDGER --url URL --staff TOKEN --round N [--seed S]
    clerk.py check LEDGER --url URL --staff TOKEN --round N [--all]

`run` ends with 0 when the server is gone, or after its step when it gets SIGTERM; what the effects are, in which order they come and
what they carry follows from the seed and the round. `check` looks at what the round touched, with --all at everything; it repeats what
is unknown, notes how that ended, and ends with 1 if anything is missing, done twice, or refused.
"""

import argparse
import random
import signal
import sys
import threading
import time

import clerk_check
from clerk_ledger import CAMPAIGN, POOL, SESSION, TIER, Ledger, Lost, NotSent, Server, picture

RUN_LIMIT_S = 60
told_to_end = threading.Event()
LIVE_LOGINS_MAX = 10  # the server keeps 20 of a person
# How many of each a round may have.
ANY_NUMBER = float("inf")
PEOPLE_STEPS = {"register": 4, "login": 3, "nickname": ANY_NUMBER, "logout": 2, "disable": 1}
SHOP_STEPS = {"tier": ANY_NUMBER, "campaign": ANY_NUMBER, "add": 20, "picture": 5}


class Refused(Exception):
    """An answer that no step of a clerk may get."""


class Clerk:
    """One thread with its kinds of steps; nobody else touches what these change."""

    def __init__(self, server, ledger, options, steps):
        self.server = server
        self.ledger = ledger
        self.round = options.round
        self.random = random.Random(f"{options.seed}/{options.round}/{sorted(steps)}")
        self.left = dict(steps)
        self.count = 0

    def work(self, until):
        """Steps until the server is gone or the clerk is told to end. The first one that is lost is noted as unknown and is the last."""
        while time.monotonic() < until:
            if told_to_end.is_set():
                return
            kinds = [kind for kind, left in self.left.items() if left > 0]
            kind = self.random.choice(kinds)
            self.left[kind] -= 1
            self.count += 1
            try:
                getattr(self, kind)()
            except (Lost, NotSent):
                return
        raise Refused("the server did not die in time")

    def attempt(self, line, request, learn=lambda _: {}):
        """One request; its line is on disk when this returns. `learn` takes from the answer what the line has to keep."""
        line = {**line, "round": self.round}
        try:
            answer = self.server.call(*request)
        except Lost:
            self.ledger.note({**line, "outcome": "unknown"})
            raise
        if answer.status == 503:  # nothing was done
            return
        if not 200 <= answer.status < 300:
            raise Refused(f"{request[0]} {request[1]}: {answer}")
        self.ledger.note({**line, **learn(answer.json), "outcome": "done"})

    def somebody(self, condition=lambda _: True):
        """A person who may act, mostly of this round; if there is none, a look whether the server is there must do as a step."""
        able = [person for person in self.ledger.world.people.values() if person.active and condition(person)]
        if not able:
            self.server.call("GET", "/healthz")
            return None
        recent = [person for person in able if person.touched == self.round]
        return self.random.choice(recent if recent and self.random.random() < 0.7 else able)

    def register(self):
        person = {"username": f"clerk{self.round}_{self.count}", "password": f"secret{self.random.randrange(10**6)}",
                  "nickname": f"文员 {self.round}.{self.count}"}
        self.attempt({"do": "register", **person}, ("POST", "/api/v1/people", person), learn_login)

    def login(self):
        if person := self.somebody(lambda one: len(one.live) < LIVE_LOGINS_MAX):
            body = {"username": person.username, "password": person.password}
            self.attempt({"do": "login", "username": person.username}, ("POST", "/api/v1/logins", body), learn_login)

    def nickname(self):
        if person := self.somebody(self.has_fresh_login):
            change = {"nickname": f"名 {self.round}.{self.count}"}
            self.attempt({"do": "nickname", "username": person.username, **change},
                         ("PATCH", "/api/v1/me", change, person.logins[person.live[-1]].token))

    def logout(self):
        if person := self.somebody(self.has_fresh_login):
            refresh = self.random.choice(person.live)
            self.attempt({"do": "logout", "username": person.username, "refresh": refresh},
                         ("DELETE", "/api/v1/logins/current", None, person.logins[refresh].token))

    def disable(self):
        if person := self.somebody():
            self.attempt({"do": "disable", "username": person.username},
                         ("PUT", f"/api/v1/people/{person.number}/disabled", {"disabled": True, "reason": "chaos"}, self.server.staff))

    def has_fresh_login(self, person):
        """Tokens of earlier rounds may have expired."""
        return person.touched == self.round and person.live

    def tier(self):
        price = f"{self.random.randrange(1, 1000)}.{self.random.randrange(100):02}"
        name = f"Ticket {self.round}.{self.count}"
        self.attempt({"do": "tier", "price": price, "name": name},
                     ("PATCH", f"/api/v1/tiers/{TIER}", {"price": price, "name": {"zh": name, "en": name}}, self.server.staff))

    def campaign(self):
        name = f"Sale {self.round}.{self.count}"
        self.attempt({"do": "campaign", "name": name},
                     ("PATCH", f"/api/v1/campaigns/{CAMPAIGN}", {"name": {"zh": name, "en": name}}, self.server.staff))

    def add(self):
        body = {"addition": max(self.ledger.world.additions, default=0) + 1, "count": self.random.randrange(1, 6)}
        self.attempt({"do": "add", **body}, ("POST", f"/api/v1/sessions/{SESSION}/pools/{POOL}/additions", body, self.server.staff))

    def picture(self):
        key = f"{self.round}.{self.count}"
        self.attempt({"do": "picture", "key": key}, ("POST", "/api/v1/pictures", picture(key), self.server.staff),
                     lambda made: {"address": made["url"]})


def learn_login(opened):
    return {"person": opened["person"], "token": opened["token"], "refresh": opened["refresh_token"]}


def run(server, ledger, options):
    wrong = []
    signal.signal(signal.SIGTERM, lambda *_: told_to_end.set())

    def work(clerk):
        try:
            clerk.work(time.monotonic() + RUN_LIMIT_S)
        except Exception as error:  # a thread's end must be heard of
            wrong.append(repr(error))

    clerks = [Clerk(server, ledger, options, steps) for steps in (PEOPLE_STEPS, SHOP_STEPS)]
    threads = [threading.Thread(target=work, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["run", "check"])
    parser.add_argument("ledger")
    parser.add_argument("--url", required=True)
    parser.add_argument("--staff", required=True)
    parser.add_argument("--round", type=int, required=True)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    server, ledger = Server(options.url, options.staff), Ledger(options.ledger)
    wrong = run(server, ledger, options) if options.verb == "run" else clerk_check.check(server, ledger, options)
    for sentence in wrong:
        print(f"clerk: {sentence}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
