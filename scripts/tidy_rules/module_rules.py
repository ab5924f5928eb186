"""Rules for modules: declared dependencies, listed files, a README, third-party headers where they belong."""

import re
from pathlib import PurePosixPath

from . import cxx
from .text_rules import is_test

# Headers of C and POSIX that a header of ours may need; everything else with a folder or an ending is third-party.
_SYSTEM_HEADER = re.compile(r"(?:[a-z_0-9]+|(?:sys|netinet|arpa|linux)/\w+\.h|"
                            r"(?:errno|fcntl|poll|pthread|signal|stddef|stdint|stdio|stdlib|string|time|unistd)\.h)$")
_ALLOWED_IN_HEADERS = re.compile(r"boost/(?:describe|unordered)(?:/|\.hpp|_)")
_AWAITABLE = "boost/asio/awaitable.hpp"
_TEST_LIBRARY = re.compile(r"(?:gtest|gmock|rapidcheck)(?:/|\.h)")
_ASIO = re.compile(r"boost/(?:asio|beast)\b")


def check_tree(tree, report):
    for module in tree.modules:
        if f"{module.folder}/README.md" not in tree.paths:
            report(f"{module.folder}/CMakeLists.txt", module.line, "module-readme",
                   f"module {module.name} has no README.md: purpose, main types, invariants, what it does not do")
    for path in sorted(tree.paths):
        if path.startswith("src/") and PurePosixPath(path).suffix in (".h", ".cc", ".proto"):
            _check_listed(tree, path, report)


def _check_listed(tree, path, report):
    folder = tree.folder_of(path)
    inside = str(PurePosixPath(path).relative_to(folder.path)) if folder else None
    if folder is None or inside not in folder.words:
        place = f"{folder.path}/CMakeLists.txt" if folder else "any CMakeLists.txt"
        report(path, 1, "unlisted-file", f"not in {place}: list it or remove it")


def check_includes(tree, path, text, report):
    """Includes of one C++ file, against the module's declarations and the rules on third-party headers."""
    folder = tree.folder_of(path) if path.startswith("src/") else None
    for line, name, quoted in cxx.includes(text):
        target = tree.resolve(path, name) if quoted else None
        if target and folder:
            _check_dependency(tree, path, folder, line, name, target, report)
        elif not target:
            _check_third_party(path, line, name, report)


def _check_dependency(tree, path, folder, line, name, target, report):
    owner = folder.owner(path)
    other_folder = tree.folder_of(target)
    other = other_folder.owner(target) if other_folder else None
    if other is None or other is owner:
        return
    if "/internal/" in target:
        report(line, "internal-include", f"{name} is private to module {other.name}: use its public headers")
    inside = str(PurePosixPath(path).relative_to(folder.path))
    allowed = set()
    if owner:
        allowed |= set(owner.lists.get("DEPS", []))
        if is_test(path) or inside in owner.lists.get("TESTS", []):
            allowed |= set(owner.lists.get("TEST_DEPS", []))
    if owner is None or inside not in owner.files():
        allowed |= folder.linked
    if other.name not in allowed:
        reader = f"module {owner.name}" if owner else folder.path
        report(line, "undeclared-dependency",
               f"{name} belongs to module {other.name}, which {reader} does not declare: add it to DEPS "
               f"(TEST_DEPS for tests only) in {folder.path}/CMakeLists.txt, or do without")


def _check_third_party(path, line, name, report):
    if _ASIO.match(name) and path.startswith("src/") and not path.startswith("src/runtime/"):
        report(line, "asio", f"<{name}> above runtime: use runtime/env and runtime/http")
    if not path.endswith(".h") or _SYSTEM_HEADER.match(name) or _ALLOWED_IN_HEADERS.match(name):
        return
    if name == _AWAITABLE and path.startswith("src/runtime/http/"):
        return
    if _TEST_LIBRARY.match(name) and is_test(path):
        return
    report(line, "third-party-header", f"<{name}> in a header: include it in the .cc file that wraps it")
