"""Whether every effect that a ledger holds is there, seen over HTTP; and the repeats of what is unknown."""

import time
from collections import Counter

from clerk_ledger import CAMPAIGN, FIRST_STOCK, POOL, SESSION, TIER, picture

SETTLE_LIMIT_S = 15  # figures of stock follow the journal, and public pages are up to 0.1 s old


class Wrong(Exception):
    """A sentence about what is not as it was acknowledged."""


def expect(condition, what, answer=""):
    if not condition:
        raise Wrong(f"{what}: {answer}" if answer != "" else what)


class Check:
    """One look at a server that has been started again. Nothing else uses the server meanwhile."""

    def __init__(self, server, ledger, options):
        self.server = server
        self.ledger = ledger
        self.world = ledger.world
        self.round = options.round
        self.all = options.all

    def concerns(self, number):
        return self.all or number == self.round

    def note(self, **line):
        self.ledger.note({**line, "round": self.round, "outcome": "done", "by": "check"})

    def call(self, method, path, body=None, token=None, statuses=(200, 201, 204)):
        """A request that is repeated while the server is busy, as with a change that it takes up again by itself."""
        end = time.monotonic() + SETTLE_LIMIT_S
        while True:
            answer = self.server.call(method, path, body, token)
            if answer.status != 503 or time.monotonic() > end:
                break
            time.sleep(0.05)
        expect(answer.status in statuses, f"{method} {path}", answer)
        return answer

    def staff(self, method, path, body=None):
        return self.call(method, path, body, self.server.staff)

    def settled(self, read, wanted, what):
        """Polls until `read` gives one of the values, and returns it."""
        end = time.monotonic() + SETTLE_LIMIT_S
        while (found := read()) not in wanted:
            expect(time.monotonic() < end, f"{what} is {found}, not one of {wanted}")
            time.sleep(0.05)
        return found

    # People.

    def people(self):
        for person in list(self.world.people.values()):
            if person.number == 0:
                self.settle_registration(person)
        for person in self.world.people.values():
            self.profile(person)
            if not self.concerns(person.touched):
                continue
            if person.disabled.wanted:
                self.settle_disabled(person)
            else:
                self.active(person)
            self.logins(person)

    def credentials(self, person):
        return {"username": person.username, "password": person.password}

    def settle_registration(self, person):
        body = {**self.credentials(person), "nickname": person.nickname.known}
        answer = self.call("POST", "/api/v1/people", body, statuses=(201, 409))
        if answer.status == 409:
            expect(answer.json["code"] == "username_taken", person.username, answer)
            answer = self.call("POST", "/api/v1/logins", self.credentials(person))
        opened = answer.json
        self.note(do="register", **body, person=opened["person"], token=opened["token"], refresh=opened["refresh_token"])

    def profile(self, person):
        shown = self.staff("GET", f"/api/v1/people/{person.number}").json
        expect(shown["username"] == person.username, f"the username of {person.username}", shown)
        expect(shown["nickname"] in person.nickname.possible, f"the nickname of {person.username} {person.nickname.possible}", shown)
        expect(shown["disabled"] in person.disabled.possible, f"{person.username} disabled {person.disabled.possible}", shown)

    def active(self, person):
        opened = self.call("POST", "/api/v1/logins", self.credentials(person)).json
        expect(opened["person"] == person.number, f"{person.username} is another person now", opened)
        if person.nickname.unknown is not None:
            wanted = person.nickname.wanted
            self.call("PATCH", "/api/v1/me", {"nickname": wanted}, opened["token"])
            self.note(do="nickname", username=person.username, nickname=wanted)
        shown = self.call("GET", "/api/v1/me", token=opened["token"]).json
        expect(shown["nickname"] == person.nickname.known, f"the nickname of {person.username}, {person.nickname.known}", shown)
        self.call("DELETE", "/api/v1/logins/current", token=opened["token"])

    def settle_disabled(self, person):
        if person.disabled.unknown is not None:
            self.staff("PUT", f"/api/v1/people/{person.number}/disabled", {"disabled": True, "reason": "chaos"})
            self.note(do="disable", username=person.username)
            self.profile(person)
        refused = self.call("POST", "/api/v1/logins", self.credentials(person), statuses=(403,))
        expect(refused.json["code"] == "account_disabled", f"the login of {person.username}", refused)

    def logins(self, person):
        for refresh, login in list(person.logins.items()):
            if login.ended.unknown is not None:
                self.call("DELETE", "/api/v1/logins/current", token=login.token, statuses=(204, 401, 403))
                self.note(do="logout", username=person.username, refresh=refresh)
            if login.ended.known or person.disabled.known:
                refused = self.call("POST", "/api/v1/logins/refresh", {"refresh_token": refresh}, statuses=(401,))
                expect(refused.json["code"] == "login_revoked", f"an ended login of {person.username}", refused)
                self.call("GET", "/api/v1/me", token=login.token, statuses=(401, 403))
            else:
                opened = self.call("POST", "/api/v1/logins/refresh", {"refresh_token": refresh}).json
                self.note(do="refresh", username=person.username, former=refresh, person=opened["person"], token=opened["token"],
                          refresh=opened["refresh_token"])

    # The catalogue.

    def shown_campaign(self):
        return self.call("GET", f"/api/v1/campaigns/{CAMPAIGN}").json

    def shown_tier(self):
        tier = next(tier for tier in self.shown_campaign()["tiers"] if tier["id"] == TIER)
        minor = tier["price"]["minor"]
        return [f"{minor // 100}.{minor % 100:02}", tier["name"]["en"]]

    def shown_name(self):
        return self.shown_campaign()["name"]["en"]

    def tier(self):
        value = self.world.tier
        shown = self.shown_tier()
        expect(shown in value.possible, f"price and name are {shown}, not one of {value.possible}")
        if value.unknown is not None:
            price, name = value.wanted
            self.staff("PATCH", f"/api/v1/tiers/{TIER}", {"price": price, "name": {"zh": name, "en": name}})
            self.note(do="tier", price=price, name=name)
        self.settled(self.shown_tier, [value.known], "price and name")

    def campaign(self):
        value = self.world.campaign
        shown = self.shown_name()
        expect(shown in value.possible, f"the campaign's name is {shown}, not one of {value.possible}")
        if value.unknown is not None:
            name = value.wanted
            self.staff("PATCH", f"/api/v1/campaigns/{CAMPAIGN}", {"name": {"zh": name, "en": name}})
            self.note(do="campaign", name=name)
        self.settled(self.shown_name, [value.known], "the campaign's name")

    # Stock and pictures.

    def capacity(self):
        pools = self.staff("GET", f"/api/v1/stock/sessions/{SESSION}").json["pools"]
        return next(pool["capacity"] for pool in pools if pool["pool"] == POOL)

    def free(self):
        return next(tier["free"] for tier in self.shown_campaign()["tiers"] if tier["id"] == TIER)

    def stock(self):
        additions = self.world.additions
        certain = FIRST_STOCK + sum(count for count, done, _ in additions.values() if done)
        everything = FIRST_STOCK + sum(count for count, _, _ in additions.values())
        before = self.settled(self.capacity, [certain, everything], "the capacity")
        self.settled(self.free, [before], "what is free in memory")
        for addition, (count, done, number) in list(additions.items()):
            if done and not self.concerns(number):
                continue
            body = {"addition": addition, "count": count}
            told = self.staff("POST", f"/api/v1/sessions/{SESSION}/pools/{POOL}/additions", body).json
            there = done or before == everything
            expect(told["outcome"] == ("unchanged" if there else "accepted"), f"addition {addition}, there: {there}", told)
            if not done:
                self.note(do="add", **body)
        self.settled(self.capacity, [everything], "the capacity after all additions again")
        self.settled(self.free, [everything], "what is free in memory after all additions again")

    def pictures(self):
        for key, (address, done, number) in list(self.world.pictures.items()):
            if not self.concerns(number):
                continue
            if not done:
                address = self.staff("POST", "/api/v1/pictures", picture(key)).json["url"]
                self.note(do="picture", key=key, address=address)
            expect(self.call("GET", address).body == picture(key), f"the bytes of picture {key}")


def summary(ledger, options):
    lines = [line for line in ledger.lines if "by" not in line and (options.all or line["round"] == options.round)]

    def counted(outcome):
        kinds = Counter(line["do"] for line in lines if line["outcome"] == outcome)
        return f"{sum(kinds.values())} ({', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))})"

    return f"{counted('done')} acknowledged, {counted('unknown')} unknown"


def check(server, ledger, options):
    """Sentences about what is wrong."""
    figures = summary(ledger, options)
    look = Check(server, ledger, options)
    wrong = []
    for part in (look.tier, look.campaign, look.stock, look.pictures, look.people):
        try:
            part()
        except Wrong as found:
            wrong.append(str(found))
    if not wrong:
        print(f"clerk: {figures}; all there")
    return wrong
