"""Rules for every text file: length, columns, blanks, marks of unfinished work, paths of one machine."""

import re
from pathlib import PurePosixPath

LINES_MAX = 500
COLUMNS_MAX = 140
CODE_ENDINGS = {".h", ".cc", ".proto", ".py", ".sh", ".cmake", ".sql", ".ts", ".tsx"}

# Written in two parts, so that the rules do not find themselves.
_UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
_BEFORE = r"(?<![\w./~:$}\-])/"
_ONE_MACHINE = re.compile(_BEFORE + r"(?:wor" + r"k|roo" + r"t|hom" + r"e|User" + r"s|mn" + r"t)/\w")
_SYSTEM = re.compile(_BEFORE + r"(?:et" + r"c|us" + r"r|va" + r"r|tm" + r"p|op" + r"t|sr" + r"v)/\w")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def is_code(path):
    return PurePosixPath(path).suffix in CODE_ENDINGS or PurePosixPath(path).name == "CMakeLists.txt"


def is_test(path):
    name = PurePosixPath(path).name
    return path.startswith("tests/") or "/testing/" in path or re.search(r"_(?:test|suite|fixture)\.\w+$", name) is not None


def _lines_of(pattern, text):
    return [(text.count("\n", 0, m.start()) + 1, m.group()) for m in pattern.finditer(text)]


def check(path, text, report):
    lines = text.split("\n")
    if is_code(path):
        count = len(lines) - (lines[-1] == "")
        if count > LINES_MAX:
            report(1, "file-length", f"{count} lines, more than {LINES_MAX}: split it by responsibility")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS_MAX:
                report(number, "line-length", f"{len(line)} columns, more than {COLUMNS_MAX}: break the line")
    if "\t" in text and PurePosixPath(path).name != "Makefile":
        report(text.count("\n", 0, text.index("\t")) + 1, "tab", "a tab: indent with spaces")
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        for line, _ in _lines_of(_TRAILING, text):
            report(line, "trailing-space", "blanks at the end of the line: remove them")
    if text and not text.endswith("\n"):
        report(len(lines), "last-newline", "the last line does not end: add a newline")
    for line, word in _lines_of(_UNFINISHED, text):
        report(line, "unfinished", f"{word}: finish it, or say in the README what is deliberately not done")
    for line, found in _lines_of(_ONE_MACHINE, text):
        report(line, "machine-path", f"{found}… is a folder of one machine: use a relative path or a setting")
    if path.startswith("src/") and not is_test(path) and not path.endswith(".md"):
        for line, found in _lines_of(_SYSTEM, text):
            report(line, "machine-path", f"{found}… in the product: make it a setting")
