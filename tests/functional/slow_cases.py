"""Clients that are slow on purpose: each is cut off within the limits of the server, which needs little memory for them and serves
everybody else meanwhile. The limits are short here by configuration (hostile_world.SETTINGS)."""

import select
import socket
import time
import unittest

from hostile_world import CAMPAIGN, MANY, SETTINGS, TIER
from site_process import Stream

IDLE_S = int(SETTINGS["ONSALE_HTTP_IDLE_SECONDS"])
REQUEST_S = int(SETTINGS["ONSALE_HTTP_REQUEST_SECONDS"])
SWEEP_S = 1  # how coarsely the server looks at its clocks
SLACK_S = 20  # of a busy machine; what is asserted is that it ends at all, and not before its time
BYTES_PER_CONNECTION = 16 * 1024


def connect(site, receive_bytes=0):
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive_bytes:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    client.settimeout(10)
    client.connect(("127.0.0.1", site.port))
    return client


class Slow(unittest.TestCase):
    world = None

    def setUp(self):
        self.site = self.world.site
        self.open = []

    def tearDown(self):
        for client in self.open:
            client.close()

    def clients(self, count, **options):
        made = [connect(self.site, **options) for _ in range(count)]
        self.open += made
        return made

    def others_are_served(self):
        self.assertEqual(self.site.call("GET", f"/api/v1/campaigns/{CAMPAIGN}").status, 200)

    def until_cut_off(self, clients, limit_s, each=lambda client: None):
        """Waits until the server has closed all of them; asks `each` to go on about once a second."""
        waiting, started, answers = list(clients), time.monotonic(), []
        while waiting and time.monotonic() - started < limit_s + SWEEP_S + SLACK_S:
            for client in list(waiting):
                try:
                    each(client)
                except (BrokenPipeError, ConnectionResetError):
                    waiting.remove(client)
            readable, _, _ = select.select(waiting[:500], [], [], 0.25)
            for client in readable:
                try:
                    got = client.recv(65536)
                except ConnectionResetError:
                    got = b""
                if got:
                    answers.append(got)
                else:
                    waiting.remove(client)
            self.others_are_served()
        self.assertEqual(len(waiting), 0, f"{len(waiting)} of {len(clients)} are still connected after {limit_s} s and more")
        return time.monotonic() - started, answers

    def trickle(self, head):
        def one_byte(client):
            place = sent.get(client, 0)
            client.sendall(head[place:place + 1])
            sent[client] = place + 1

        sent = {}
        clients = self.clients(20)
        elapsed, answers = self.until_cut_off(clients, REQUEST_S, one_byte)
        self.assertGreater(elapsed, REQUEST_S - SWEEP_S - 0.5)
        self.assertEqual(answers, [])

    def test_headers_byte_by_byte(self):
        self.trickle(b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 5000)

    def test_bodies_byte_by_byte(self):
        head = b"POST /api/v1/logins HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"
        clients = self.clients(20)
        for client in clients:
            client.sendall(head)
        elapsed, answers = self.until_cut_off(clients, REQUEST_S, lambda client: client.sendall(b" "))
        self.assertGreater(elapsed, REQUEST_S - SWEEP_S - 0.5)
        self.assertEqual(answers, [])

    def test_chunks_byte_by_byte(self):
        head = b"POST /api/v1/logins HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        clients = self.clients(20)
        for client in clients:
            client.sendall(head)
        _, answers = self.until_cut_off(clients, REQUEST_S, lambda client: client.sendall(b"1;" + b"a" * 40 + b"\r\n \r\n"))
        self.assertEqual(answers, [])

    def test_many_that_say_nothing(self):
        before = self.world.resident_mib()
        clients = self.clients(MANY)
        self.others_are_served()
        self.assertLess((self.world.resident_mib() - before) << 20, MANY * BYTES_PER_CONNECTION)
        self.until_cut_off_many(clients)

    def until_cut_off_many(self, clients):
        left, end = set(clients), time.monotonic() + IDLE_S + SWEEP_S + SLACK_S
        poll = select.epoll()
        by_number = {client.fileno(): client for client in clients}
        for number in by_number:
            poll.register(number, select.EPOLLIN)
        while left and time.monotonic() < end:
            for number, _ in poll.poll(0.25):
                poll.unregister(number)
                left.discard(by_number[number])
            self.others_are_served()
        poll.close()
        self.assertEqual(len(left), 0, "idle connections are still there")

    def test_many_that_have_asked_once(self):
        clients = self.clients(200)
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertTrue(client.recv(65536).startswith(b"HTTP/1.1 200"))
        self.until_cut_off_many(clients)

    def test_half_open_connections(self):
        clients = self.clients(50)
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            client.shutdown(socket.SHUT_WR)
        self.until_cut_off(clients, 0)
        # Whoever has asked before may close this side and still reads the answer.
        client = self.clients(1)[0]
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        self.assertTrue(client.recv(65536).startswith(b"HTTP/1.1 200"))

    def test_answers_that_nobody_reads(self):
        before = self.world.resident_mib()
        clients = self.clients(50, receive_bytes=2048)
        wish = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100
        for client in clients:
            client.setblocking(False)
            try:
                client.send(wish)
            except BlockingIOError:
                pass
        self.others_are_served()
        # Each has at most what the kernel takes and one answer in progress, which all of them share.
        self.assertLess(self.world.resident_mib() - before, 64)
        self.closed_by_server(clients, IDLE_S)

    def closed_by_server(self, clients, limit_s):
        """Without reading: a connection that the server has given up is reset, which poll() tells."""
        poll = select.poll()
        left = {client.fileno() for client in clients}
        for number in left:
            poll.register(number, 0)  # errors and hang-ups only
        end = time.monotonic() + limit_s + SWEEP_S + SLACK_S
        while left and time.monotonic() < end:
            for number, _ in poll.poll(250):
                poll.unregister(number)
                left.discard(number)
            self.others_are_served()
        self.assertEqual(len(left), 0, "nobody reads, and the server still waits")

    def test_streams_that_stop_reading(self):
        world = self.world
        before = world.resident_mib()
        streams = []
        for _ in range(20):
            client = connect(self.site, receive_bytes=2048)
            self.open.append(client)
            client.sendall(f"GET /api/v1/events?campaigns={CAMPAIGN} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n".encode())
            streams.append(client)
        reader = Stream(self.site, CAMPAIGN)
        self.open.append(reader.socket)
        for person in range(7_000_001, 7_000_004):
            self.assertEqual(self.site.order(person, CAMPAIGN, [(TIER, 1)]).status, 201)
            reader.next("stock", lambda data: data["campaign"] == CAMPAIGN)
        self.others_are_served()
        self.assertLess(world.resident_mib() - before, 64)
