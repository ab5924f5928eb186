"""Bodies that no address may take: texts that are no JSON, and JSON that does not fit a schema of the API document."""

import json

RAW = {
    "nothing": b"",
    "half": b'{"a":',
    "an open object": b"{",
    "a list": b"[]",
    "null": b"null",
    "a text": b'"a"',
    "a number": b"1",
    "two values": b"{}{}",
    "no value": b'{"a":}',
    "a comma too many": b'{"a":1,}',
    "other quotes": b"{'a':1}",
    "no quotes": b"{a:1}",
    "a comment": b'{"a":1/**/}',
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "a number out of all bounds": b'{"a":1e400}',
    "many digits": b'{"a":' + b"9" * 4000 + b"}",
    "a leading zero": b'{"a":01}',
    "a deep list": b"[" * 8000,
    "a deep object": b'{"a":' * 2000,
    "a deep and whole object": b'{"a":' * 500 + b"1" + b"}" * 500,
    "bytes that are no UTF-8": b'{"a":"\xff\xfe"}',
    "an overlong slash": b'{"a":"\xc0\xaf"}',
    "a surrogate in bytes": b'{"a":"\xed\xa0\x80"}',
    "half a letter": b'{"a":"\xe4\xb8',
    "a lone surrogate": rb'{"a":"\ud800"}',
    "two wrong surrogates": rb'{"a":"\udc00\ud800"}',
    "half an escape": rb'{"a":"\u00',
    "a line's end in a text": b'{"a":"b\nc"}',
    "NUL": b"\x00",
    "NUL behind": b"{}\x00",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "a form": b"username=a&password=b",
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
}
WRONG = {
    "string": (1, True, {}, [], ["a"], {"a": "b"}),
    "boolean": (0, 1, "true", {}, [], "a"),
    "integer": ("1", "", 1.5, -1.5, 1e300, {}, [], True, 2**64, -2**63 - 1, 10**30),
    "array": ({}, "a", 1, False),
    "object": ([], "a", 1, True),
}


def kinds(schema):
    """The schemas that a value may have, without null."""
    return [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]


def sample(schema):
    """A value of the right form, with numbers of nothing that exists."""
    kind = kinds(schema)[0]
    match kind.get("type"):
        case "object":
            return {name: sample(kind["properties"][name]) for name in kind.get("required", [])}
        case "array":
            return [sample(kind["items"])]
        case "integer":
            return min(kind.get("maximum", 987654321), 987654321)
        case "boolean":
            return False
    return "x"


def wrong_values(schema):
    """What does not fit, whatever the address makes of it."""
    kind = kinds(schema)[0]
    yield from WRONG[kind["type"]]
    if "anyOf" not in schema:
        yield None
    if kind["type"] == "integer":
        if "minimum" in kind:
            yield kind["minimum"] - 1
        if "maximum" in kind:
            yield kind["maximum"] + 1


def misfits(schema):
    """(what, value) for each field in each wrong type, each required field left out, and a field that nobody knows."""
    kind = kinds(schema)[0]
    whole = sample(schema)
    if kind.get("type") == "array":
        for what, value in misfits(kind["items"]):
            yield "[0]" + what, [value]
    if kind.get("type") != "object":
        return
    yield " with a field too many", {**whole, "nobody_knows_this": 1}
    for name in kind.get("required", []):
        yield f".{name} left out", {other: value for other, value in whole.items() if other != name}
    for name, inner in kind["properties"].items():
        for value in wrong_values(inner):
            yield f".{name} = {value!r:.40}", {**whole, name: value}
        for what, value in misfits(inner):
            yield f".{name}{what}", {**whole, name: value}


def bodies(schema):
    """(what, bytes) of all of these."""
    yield from RAW.items()
    for what, value in misfits(schema):
        yield what, json.dumps(value).encode()
    fields = list(kinds(schema)[0]["properties"])
    if fields:
        pair = json.dumps(fields[0]) + ":" + json.dumps(sample(kinds(schema)[0]["properties"][fields[0]]))
        yield "a field twice", ("{" + pair + "," + pair + "}").encode()
