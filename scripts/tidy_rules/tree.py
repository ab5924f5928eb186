"""What the tree consists of: its text files, its modules (onsale_module calls) and which module owns a file."""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import PurePosixPath

LAYERS = ["core", "runtime", "parties", "engine", "services", "edge", "tools", "app", "sim"]
SKIPPED_FOLDERS = {".git", "build", "node_modules", ".cache", "__pycache__"}
TEXT_ENDINGS = {".h", ".cc", ".proto", ".py", ".sh", ".cmake", ".txt", ".md", ".toml", ".json", ".yaml", ".yml", ".csv",
                ".sql", ".ts", ".tsx", ".css", ".html", ".service", ".in", ".conf"}
TEXT_NAMES = {"Makefile", "LICENSE", "run", ".clang-format", ".clang-tidy", ".gitignore"}

_MODULE_CALL = re.compile(r"\bonsale_module\s*\(([^()]*)\)")
_COMMENT = re.compile(r"#[^\n]*")
_KEYWORDS = {"NAME", "LAYER", "DEPS", "LIBRARIES", "PUBLIC_LIBRARIES", "SOURCES", "HEADERS", "PROTOS", "TESTS", "TEST_DEPS"}


@dataclass
class Module:
    name: str
    layer: str
    folder: str  # from the root of the tree, with /
    line: int
    lists: dict = field(default_factory=dict)

    def files(self):
        return [name for key in ("SOURCES", "HEADERS", "PROTOS", "TESTS") for name in self.lists.get(key, [])]


@dataclass
class Folder:
    """A folder of src with a CMakeLists.txt: its modules, and everything else that its targets name."""

    path: str
    modules: list
    words: set  # every word of the CMakeLists.txt
    linked: set  # modules that programs of this folder link

    def owner(self, path):
        """The module that lists the file; otherwise the first of the folder, if there is one."""
        inside = os.path.relpath(path, self.path)
        for module in self.modules:
            if inside in module.files():
                return module
        return self.modules[0] if self.modules else None


def _tracked(root):
    """Every file that git tracks or would; without git, everything that is not built."""
    if os.path.exists(os.path.join(root, ".git")):
        listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
                                capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            return sorted(set(filter(None, listed.stdout.split("\0"))))
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(found)


def _parse(text, folder):
    modules = []
    text = _COMMENT.sub(lambda m: " " * len(m.group()), text)
    for call in _MODULE_CALL.finditer(text):
        lists, key = {}, None
        for word in call.group(1).split():
            if word in _KEYWORDS:
                key = word
                lists.setdefault(key, [])
            elif key:
                lists[key].append(word.strip('"'))
        name = (lists.get("NAME") or ["?"])[0]
        layer = (lists.get("LAYER") or ["?"])[0]
        modules.append(Module(name, layer, folder, text.count("\n", 0, call.start()) + 1, lists))
    rest = _MODULE_CALL.sub(" ", text)
    linked = set(re.findall(r"\bonsale_(\w+)", rest)) - {"warnings", "module"}
    return Folder(folder, modules, set(re.findall(r"[^\s()\"]+", text)), linked)


class Tree:
    """Reads files once and answers questions about modules."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        names = [n for n in _tracked(self.root) if os.path.isfile(os.path.join(self.root, n))]
        self.paths = set(names)
        self.text_files = [n for n in names if PurePosixPath(n).suffix in TEXT_ENDINGS or PurePosixPath(n).name in TEXT_NAMES]
        self.folders = {}
        self._texts = {}
        for name in names:
            if name.startswith("src/") and PurePosixPath(name).name == "CMakeLists.txt":
                folder = str(PurePosixPath(name).parent)
                self.folders[folder] = _parse(self.text(name), folder)
        self.modules = [m for f in self.folders.values() for m in f.modules]

    def text(self, path):
        if path not in self._texts:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
                self._texts[path] = file.read()
        return self._texts[path]

    def folder_of(self, path):
        """The nearest folder above the file that makes targets; nothing for files outside of all."""
        for parent in PurePosixPath(path).parents:
            folder = self.folders.get(str(parent))
            if folder and (folder.modules or len(parent.parts) > 2):
                return folder
        return None

    def resolve(self, path, included):
        """The file in the tree that an #include "…" of this file means; nothing if there is none."""
        layer = PurePosixPath(path).parts[1] if path.startswith("src/") else LAYERS[-1]
        visible = LAYERS[:LAYERS.index(layer) + 1] if layer in LAYERS else LAYERS
        names = [included]
        if included.endswith(".pb.h"):
            names.append(included[:-len(".pb.h")] + ".proto")
        for candidate in (f"src/{one}/{name}" for one in reversed(visible) for name in names):
            if candidate in self.paths:
                return candidate
        return None
