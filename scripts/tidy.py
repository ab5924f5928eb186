#!/usr/bin/env python3
"""Refuses what the compiler lets through but the house style does not (CONTRIBUTING.md has the rules in brief).

    scripts/tidy.py [ROOT]      ROOT: the tree to check, by default the one this script stands in

Every finding is one line: file:line: rule: what is wrong: remedy. Exit code 1 if there is any.
A rule may be broken with a reason, on the line before (for rules on a whole file: anywhere in it):

    // tidy: allow parameters: mirrors the system call
"""

import os
import re
import sys

sys.dont_write_bytecode = True

from tidy_rules import code_rules, module_rules, text_rules  # noqa: E402
from tidy_rules.tree import Tree  # noqa: E402

RULES = {
    "asio", "braced-await", "core-clock", "core-float", "core-hash-order", "core-random", "core-throw", "file-length",
    "function-length", "header-comment", "internal-include", "last-newline", "line-length", "machine-path", "module-readme",
    "nesting", "parameters", "pragma-once", "tab", "third-party-header", "trailing-space", "undeclared-dependency",
    "unfinished", "unlisted-file",
}
WHOLE_FILE = {"asio", "file-length", "header-comment", "pragma-once", "third-party-header", "unlisted-file"}
_ALLOW = re.compile(r"^[ \t]*(?://|#|--|<!--)[ \t]*tidy: allow(?:[ \t]+([\w-]+))?(?::[ \t]*(\S[^\n]*))?", re.MULTILINE)


class Findings:
    """Collects findings, minus those that the file allows with a reason."""

    def __init__(self, tree):
        self.tree = tree
        self.found = []
        self._allowed = {}

    def allowed(self, path):
        if path not in self._allowed:
            entries = set()
            text = self.tree.text(path)
            for match in _ALLOW.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                if match.group(1) not in RULES or not match.group(2):
                    self.found.append((path, line, "bad-allow", "write `tidy: allow <rule>: reason` with a rule that exists"))
                else:
                    entries.add((match.group(1), line))
            self._allowed[path] = entries
        return self._allowed[path]

    def add(self, path, line, rule, message):
        entries = self.allowed(path)
        if rule in WHOLE_FILE and any(one == rule for one, _ in entries):
            return
        if (rule, line - 1) not in entries:
            self.found.append((path, line, rule, message))

    def for_file(self, path):
        return lambda line, rule, message: self.add(path, line, rule, message)


def check(root):
    """All findings of a tree as sorted (path, line, rule, message)."""
    tree = Tree(root)
    findings = Findings(tree)
    module_rules.check_tree(tree, findings.add)
    for path in tree.text_files:
        text, report = tree.text(path), findings.for_file(path)
        findings.allowed(path)
        text_rules.check(path, text, report)
        if path.endswith((".h", ".cc")):
            code_rules.check(path, text, report)
            module_rules.check_includes(tree, path, text, report)
    return sorted(set(findings.found))


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    found = check(root)
    for path, line, rule, message in found:
        print(f"{path}:{line}: {rule}: {message}")
    print(f"tidy: {len(found)} findings" if found else "tidy: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
