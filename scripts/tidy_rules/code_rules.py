"""Rules for C++ files: what a header starts with, sizes of functions, what core may not use, awaits."""

import re

from . import cxx
from .text_rules import is_test

FUNCTION_LINES_MAX = 70
PARAMETERS_MAX = 5
LEVELS_MAX = 3

_CORE_BANS = [
    ("core-throw", re.compile(r"\b(?:throw|try|catch)\b"), "core neither throws nor catches: return a Result or a refusal"),
    ("core-float", re.compile(r"\b(?:float|double)\b"), "core holds no floats: use integers in the smallest unit"),
    ("core-hash-order", re.compile(r"\bstd::unordered_\w+"),
     "core never iterates in hash order: std::map, a sorted vector, or boost::unordered_flat_map that is never iterated"),
    ("core-clock", re.compile(r"\bstd::time\s*\(|(?<![\w.>:])time\s*\(\s*(?:nullptr|NULL|0|&)|\b\w*_clock::now\b|"
                              r"\b(?:gettimeofday|clock_gettime)\b"), "core reads no clock: take the time as an argument"),
    ("core-random", re.compile(r"\b(?:s?rand(?:om)?|drand48)\s*\(|\brandom_device\b|\bmt19937\w*"),
     "core has no source of randomness: take base::Prng or the value as an argument"),
]


def check(path, text, report):
    code = cxx.blank(text)
    if path.endswith(".h"):
        _check_header(text, report)
    walked = cxx.walk(code, LEVELS_MAX)
    for function in walked.functions:
        if function.lines > FUNCTION_LINES_MAX:
            report(function.line, "function-length",
                   f"{function.name} has {function.lines} lines, more than {FUNCTION_LINES_MAX}: give its steps names")
        for line, levels in function.deep:
            report(line, "nesting", f"{levels} levels deep, more than {LEVELS_MAX}: return early or name the inner part")
    if path.endswith(".h"):
        _check_parameters(walked, report)
    if path.startswith("src/core/") and not is_test(path):
        for rule, pattern, remedy in _CORE_BANS:
            for match in pattern.finditer(code):
                report(_line(code, match.start()), rule, f"{match.group().strip()}: {remedy}")
    for place in cxx.braced_awaits(code):
        report(_line(code, place), "braced-await",
               "a brace inside a co_await expression (g++ 12.2 destroys such temporaries twice): name it first, then move it")


def _line(code, place):
    return code.count("\n", 0, place) + 1


def _check_header(text, report):
    if not re.match(r"//[^\n]*\w", text):
        report(1, "header-comment", "no opening comment: say what it is, who owns it, which thread, what it promises")
    if not re.search(r"^#pragma once$", text, re.MULTILINE):
        report(1, "pragma-once", "no #pragma once: add it below the opening comment")


def _check_parameters(walked, report):
    found = [(f.line, f.parameters) for f in walked.functions]
    found += [(walked.line_of(place), cxx.parameters_of(head)) for place, head in walked.declarations]
    for line, count in sorted(found):
        if count > PARAMETERS_MAX:
            report(line, "parameters", f"{count} parameters, more than {PARAMETERS_MAX}: make it an options struct")
