"""What two HTTP programs could read differently is refused, and what follows it is never a request of its own."""

import json
import unittest

from wire import Wire, answers_in

POST = b"POST /api/v1/logins HTTP/1.1\r\nHost: x\r\n"
GET = b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\n"
CHUNKS = b"\r\n2\r\n{}\r\n0\r\n\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
NEXT = b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\nX-Request-Id: smuggled\r\n\r\n"


def lengths():
    yield "two lengths", POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"
    yield "the same length twice", POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"
    for value in (b"2, 2", b"2,2", b"2, 3", b"+2", b"-2", b"0x2", b"2.0", b"2 2", b"2;", b"", b"two", b"\xef\xbc\x92", b"1e0",
                  b"18446744073709551618", b"99999999999999999999999999", b"-18446744073709551614", b"9" * 400):
        yield f"length {value[:30]!r}", POST + b"Content-Length: " + value + b"\r\n\r\n{}"
    yield "length behind a line's end", POST + b"Content-Length:\r\n 2\r\n\r\n{}"
    yield "length that goes on", POST + b"Content-Length: 2\r\n 0\r\n\r\n{}"
    yield "length behind two lines' ends", POST + b"Content-Length: \r\n\t\r\n 2\r\n\r\n{}"
    yield "blank before the colon", POST + b"Content-Length : 2\r\n\r\n{}"
    yield "tab before the colon", POST + b"Content-Length\t: 2\r\n\r\n{}"


def codings():
    yield "length, then coding", POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + CHUNKS
    yield "coding, then length", POST + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + CHUNKS
    for value in (b"xchunked", b"chunkedx", b"x-chunked", b"chunked, chunked", b"chunked,identity", b"identity", b"identity, chunked",
                  b"gzip, chunked", b"chunked;q=1", b"\"chunked\"", b"'chunked'", b",chunked", b"chunked,", b"\x0bchunked",
                  b"chunked\x00", b"chun\rked", b"chunked\x0c", b"", b"ch\xc3\xbcnked"):
        yield f"coding {value!r}", POST + b"Transfer-Encoding: " + value + b"\r\n" + CHUNKS
    yield "two codings", POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + CHUNKS
    yield "coding behind a line's end", POST + b"Transfer-Encoding:\r\n chunked\r\n" + CHUNKS
    yield "coding that goes on", POST + b"Transfer-Encoding: chunked\r\n ,identity\r\n" + CHUNKS
    yield "coding with a blank", POST + b"Transfer-Encoding : chunked\r\n" + CHUNKS
    yield "coding behind a blank", POST + b" Transfer-Encoding: chunked\r\n" + CHUNKS
    yield "coding in HTTP/1.0", POST.replace(b"/1.1", b"/1.0") + b"Transfer-Encoding: chunked\r\n" + CHUNKS


def chunks():
    for size in (b"-2", b"+2", b"0x2", b"x", b"", b" 2", b"2 ", b"2\t", b"2,", b"2\n", b"2\r", b"10000000000000002",
                 b"ffffffffffffffff", b"f" * 40, b"2;\n=", b"2;a=\"", b"2;a\x00", b"2;;", b"2;=a", b"2 a"):
        yield f"chunk size {size[:20]!r}", CHUNKED + size + b"\r\n{}\r\n0\r\n\r\n"
    yield "chunk without its end", CHUNKED + b"2\r\n{}0\r\n\r\n"
    yield "chunk longer than its size", CHUNKED + b"1\r\n{}\r\n0\r\n\r\n"
    yield "chunks with single line feeds", CHUNKED + b"2\n{}\n0\n\n"
    yield "last chunk with a single line feed", CHUNKED + b"2\r\n{}\r\n0\n\r\n"
    yield "trailer with a length", CHUNKED + b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n"
    yield "trailer with a coding", CHUNKED + b"2\r\n{}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield "trailer that is no field", CHUNKED + b"2\r\n{}\r\n0\r\nGET / HTTP/1.1\r\n\r\n"


def lines():
    yield "single line feeds", b"GET /api/v1/site HTTP/1.1\nHost: x\n\n"
    yield "a single line feed behind a field", GET + b"a: b\nc: d\r\n\r\n"
    yield "a single line feed at the end", GET + b"\n"
    yield "a single carriage return", GET + b"a: b\rc: d\r\n\r\n"
    yield "NUL in a value", GET + b"a: b\x00c\r\n\r\n"
    yield "NUL in a name", GET + b"a\x00b: c\r\n\r\n"
    yield "NUL in the target", b"GET /api/v1/site\x00 HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "DEL in a value", GET + b"a: \x7f\r\n\r\n"
    yield "a value that goes on", GET + b"a: b\r\n c\r\n\r\n"
    yield "an empty value that goes on", GET + b"a:\r\n b\r\n\r\n"
    yield "a blank before the first field", b"GET /api/v1/site HTTP/1.1\r\n Host: x\r\n\r\n"
    yield "a field without a colon", GET + b"abc\r\n\r\n"
    yield "a field without a name", GET + b": abc\r\n\r\n"
    yield "a name with a blank", GET + b"a b: c\r\n\r\n"
    yield "a name with a letter of its own", GET + b"\xc3\xa4: c\r\n\r\n"
    yield "an empty line first", b"\r\n" + GET + b"\r\n"
    yield "two blanks", b"GET  /api/v1/site HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "a tab", b"GET\t/api/v1/site HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "a blank in the target", b"GET /api /v1/site HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "a blank at the end of the line", b"GET /api/v1/site HTTP/1.1 \r\nHost: x\r\n\r\n"


def versions():
    for version in (b"HTTP/0.9", b"HTTP/1.2", b"HTTP/2.0", b"HTTP/3", b"HTTP/1", b"HTTP/1.10", b"http/1.1", b"HTTP/ 1.1", b"HTTP/1,1",
                    b"HTTP/-1.1", b"HTTP/11", b"HTTPS/1.1", b"ICY/1.1"):
        yield f"version {version!r}", b"GET /api/v1/site " + version + b"\r\nHost: x\r\n\r\n"
    yield "no version", b"GET /api/v1/site\r\n"
    yield "no version and a header", b"GET /api/v1/site\r\nHost: x\r\n\r\n"
    yield "the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "the greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64


def targets():
    for target in (b"api/v1/site", b"x:80", b"http:/api", b"http://x?/api/v1/site", b"ftp://x/api/v1/site", b"**", b"?a",
                   b"#", b"\\api", b"/\x01", b"/\x7f"):
        yield f"target {target!r}", b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "no target", b"GET HTTP/1.1\r\nHost: x\r\n\r\n"
    for method in (b"CONNECT x:80", b"CONNECT /a", b"TRACE /api/v1/site", b"get /api/v1/site", b"GE T /", b"G\x00T /", b"M" * 300 + b" /"):
        yield f"method {method[:20]!r}", method + b" HTTP/1.1\r\nHost: x\r\n\r\n"


def hosts():
    yield "no host", b"GET /api/v1/site HTTP/1.1\r\n\r\n"
    yield "two hosts", b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
    yield "the same host twice", b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n"
    yield "a host that goes on", b"GET /api/v1/site HTTP/1.1\r\nHost:\r\n x\r\n\r\n"


def sizes():
    yield "a body that nobody takes", POST + b"Content-Length: 999999999\r\n\r\n"
    yield "a body that waits to be asked for", POST + b"Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n"
    yield "a long line", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    yield "a long value", GET + b"a: " + b"b" * 9000 + b"\r\n\r\n"
    yield "many fields", GET + b"a: b\r\n" * 101 + b"\r\n"
    yield "many blanks", GET + (b"a:" + b" " * 700 + b"b\r\n") * 14 + b"\r\n"


class Smuggling(unittest.TestCase):
    """`site` and `errors` (status by code) are set by the program that runs these."""

    site = None
    errors = {}

    def refused(self, cases):
        for name, data in cases:
            with self.subTest(name):
                # A line that is cut off is malformed only at the end of the header, so an end comes.
                with Wire(self.site) as wire:
                    wire.send(data + NEXT)
                    got, ended = wire.read_to_end()
                self.assertTrue(ended, f"{name}: the connection stays open after {got[:200]!r}")
                answers = answers_in(got)
                self.assertIsNotNone(answers, got[:300])
                self.assertNotIn(b"smuggled", got, f"{name}: what follows was taken for a request")
                self.assertLessEqual(len(answers), 1, got[:600])
                for status, headers, body in answers:
                    self.assertIn(status, range(400, 500), got[:300])
                    self.assertEqual(headers.get("connection"), "close")
                    self.assertEqual(self.errors.get(json.loads(body)["code"]), status, body)

    def test_lengths(self):
        self.refused(lengths())

    def test_codings(self):
        self.refused(codings())

    def test_chunks(self):
        self.refused(chunks())

    def test_lines(self):
        self.refused(lines())

    def test_versions(self):
        self.refused(versions())

    def test_targets(self):
        self.refused(targets())

    def test_hosts(self):
        self.refused(hosts())

    def test_sizes(self):
        self.refused(sizes())

    def test_what_has_one_meaning_is_taken_with_what_follows(self):
        last = b"GET /api/v1/site HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: last\r\n\r\n"
        for name, data in (
                ("a coding in other letters", GET + b"Transfer-Encoding: ChUnKeD\r\n" + CHUNKS),
                ("extensions of chunks", GET + b"Transfer-Encoding: chunked\r\n\r\n2;a=b;c=\"d\"\r\n{}\r\n00;e\r\n\r\n"),
                ("a trailer", GET + b"Transfer-Encoding: chunked\r\n\r\n0\r\nHost: y\r\n\r\n"),
                ("a length", GET + b"Content-Length: 02\r\n\r\n{}"),
                ("the absolute form", GET.replace(b"/api", b"http://elsewhere/api") + b"\r\n"),
                ("blanks around a value", GET + b"a: \t b \t\r\n\r\n"),
                ("an unknown expectation", GET + b"Expect: something\r\n\r\n"),
        ):
            with self.subTest(name), Wire(self.site) as wire:
                wire.send(data + last)
                got, ended = wire.read_to_end()
                answers = answers_in(got)
                self.assertTrue(ended)
                self.assertEqual([status for status, _, _ in answers], [200, 200], got[:300])
                self.assertEqual(answers[-1][1]["x-request-id"], "last")

    def test_the_end_of_chunks_may_come_byte_by_byte(self):
        for end in (b"0\r\n\r\n", b"000\r\n\r\n", b"0\r\na: b\r\n\r\n"):
            with self.subTest(end), Wire(self.site) as wire:
                wire.send(GET + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
                for place in range(len(end)):
                    wire.send(end[place:place + 1])
                    # An answer to another connection: this one's byte has been read before it.
                    self.assertEqual(self.site.call("GET", "/healthz").status, 200)
                got, ended = wire.read_to_end()
                self.assertTrue(ended)
                self.assertEqual([status for status, _, _ in answers_in(got)], [200])
