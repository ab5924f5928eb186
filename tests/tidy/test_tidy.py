"""tidy: each rule finds what it is for, and lets the proper form pass. Every test makes a small tree of its own."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))

import tidy  # noqa: E402

HEADER = "// What it is.\n#pragma once\n"
UNFINISHED = "TO" + "DO"


class Fixture(unittest.TestCase):
    """Writes files into a temporary tree and asks tidy about them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def write(self, path, text):
        place = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write(text)

    def module(self, layer, name, lists=""):
        """A module with a README; returns its folder."""
        folder = f"src/{layer}/{name}"
        self.write(f"{folder}/CMakeLists.txt", f"onsale_module(NAME {name}\n    LAYER {layer} {lists})\n")
        self.write(f"{folder}/README.md", "A module.\n")
        return folder

    def rules(self):
        return [f"{path}:{line} {rule}" for path, line, rule, _ in tidy.check(self.root)]

    def assert_clean(self):
        self.assertEqual(self.rules(), [])

    def core(self, text):
        """One source file in a proper core module."""
        self.module("core", "stock", "SOURCES stock.cc")
        self.write("src/core/stock/stock.cc", text)

    def header(self, text, path="runtime/lamp"):
        layer, name = path.split("/")
        self.module(layer, name, "HEADERS lamp.h")
        self.write(f"src/{path}/lamp.h", text)


class Modules(Fixture):
    def two(self, lists, file="sale.cc", text='#include "stock/stock.h"\n'):
        self.module("core", "stock", "HEADERS stock.h")
        self.write("src/core/stock/stock.h", HEADER)
        self.module("core", "sale", lists)
        self.write(f"src/core/sale/{file}", text)

    def test_an_undeclared_sideways_include_is_refused(self):
        self.two("SOURCES sale.cc")
        self.assertEqual(self.rules(), ["src/core/sale/sale.cc:1 undeclared-dependency"])

    def test_a_declared_one_passes(self):
        self.two("DEPS stock  # why: prices\n    SOURCES sale.cc")
        self.assert_clean()

    def test_a_commented_out_dependency_does_not_count(self):
        self.two("DEPS  # stock\n    SOURCES sale.cc")
        self.assertEqual(self.rules(), ["src/core/sale/sale.cc:1 undeclared-dependency"])

    def test_test_dependencies_are_for_tests_only(self):
        self.two("SOURCES sale.cc TEST_DEPS stock")
        self.assertEqual(self.rules(), ["src/core/sale/sale.cc:1 undeclared-dependency"])
        self.two("TESTS sale_test.cc TEST_DEPS stock", file="sale_test.cc")
        os.remove(os.path.join(self.root, "src/core/sale/sale.cc"))
        self.assert_clean()

    def test_generated_records_belong_to_the_module_of_their_proto(self):
        self.two("SOURCES sale.cc", text='#include "stock/records.pb.h"\n')
        self.module("core", "stock", "HEADERS stock.h PROTOS records.proto")
        self.write("src/core/stock/records.proto", 'syntax = "proto3";\n')
        self.assertEqual(self.rules(), ["src/core/sale/sale.cc:1 undeclared-dependency"])

    def test_private_parts_of_another_module_are_refused(self):
        self.two("DEPS stock SOURCES sale.cc", text='#include "stock/internal/heap.h"\n')
        self.module("core", "stock", "HEADERS stock.h internal/heap.h")
        self.write("src/core/stock/internal/heap.h", HEADER)
        self.assertEqual(self.rules(), ["src/core/sale/sale.cc:1 internal-include"])

    def test_a_program_may_include_what_it_links(self):
        self.two("SOURCES sale.cc", text="int x = 1;\n")
        self.write("src/app/main/main.cc", '#include "stock/stock.h"\n')
        listing = "add_executable(onsale main.cc)\ntarget_link_libraries(onsale PRIVATE {})\n"
        self.write("src/app/main/CMakeLists.txt", listing.format("onsale_sale"))
        self.assertEqual(self.rules(), ["src/app/main/main.cc:1 undeclared-dependency"])
        self.write("src/app/main/CMakeLists.txt", listing.format("onsale_stock"))
        self.assert_clean()

    def test_a_file_that_no_module_lists_is_refused(self):
        self.core("int x = 1;\n")
        self.write("src/core/stock/left_over.cc", "int y = 1;\n")
        self.assertEqual(self.rules(), ["src/core/stock/left_over.cc:1 unlisted-file"])

    def test_a_module_without_readme_is_refused(self):
        folder = self.module("core", "stock")
        os.remove(os.path.join(self.root, folder, "README.md"))
        self.assertEqual(self.rules(), ["src/core/stock/CMakeLists.txt:1 module-readme"])


class Headers(Fixture):
    def test_needs_a_comment_and_a_guard(self):
        self.header("int f();\n")
        self.assertEqual(self.rules(), ["src/runtime/lamp/lamp.h:1 header-comment", "src/runtime/lamp/lamp.h:1 pragma-once"])

    def test_third_party_only_from_the_short_list(self):
        self.header(HEADER + "#include <map>\n#include <sys/types.h>\n#include <boost/describe.hpp>\n"
                    "#include <boost/unordered/unordered_flat_map.hpp>\n")
        self.assert_clean()
        self.header(HEADER + "#include <sqlite3.h>\n#include <boost/json.hpp>\n#include <boost/asio/awaitable.hpp>\n")
        self.assertEqual([rule.split(":")[1] for rule in self.rules()],
                         ["3 third-party-header", "4 third-party-header", "5 third-party-header"])

    def test_awaitables_are_for_http(self):
        self.header(HEADER + "#include <boost/asio/awaitable.hpp>\n", "runtime/http")
        self.assert_clean()

    def test_asio_stays_in_runtime(self):
        self.core("#include <boost/asio/ip/tcp.hpp>\n")
        self.assertEqual(self.rules(), ["src/core/stock/stock.cc:1 asio"])

    def test_counts_parameters_of_what_it_declares(self):
        self.header(HEADER + "void f(std::map<int, int> a, int b = g(1, 2), void (*c)(int, int), int d, int e);\n")
        self.assert_clean()
        self.header(HEADER + "struct S {\n    [[nodiscard]] bool\n    f(int a, int b, int c, int d, int e, int f) const;\n};\n")
        self.assertEqual(self.rules(), ["src/runtime/lamp/lamp.h:4 parameters"])


class Functions(Fixture):
    @staticmethod
    def body(lines, head="int f() {"):
        return head + "\n" + "    g();\n" * (lines - 2) + "}\n"

    def test_seventy_lines_pass_and_one_more_does_not(self):
        self.core("namespace onsale::stock {\n" + self.body(70) + "}\n")
        self.assert_clean()
        self.core("namespace onsale::stock {\n\n" + self.body(71) + "}\n")
        self.assertEqual(self.rules(), ["src/core/stock/stock.cc:3 function-length"])

    def test_heads_of_all_shapes_are_seen(self):
        heads = ["Box::Box(int a) : a_{a}, b_(a), c_{1, {2}} {", "template <class T>\nT f(T x) requires (x > 1) {",
                 "auto f() -> std::pair<int, int> {",
                 "bool operator==(const A& a) const noexcept {", "TEST(Subject, behaves_so) {",
                 "[[nodiscard]] std::map<int, int>& f() && {",
                 "struct A f() {", "A& A::operator=(A&&) noexcept {", "constexpr auto kTable = [](int x) -> int {"]
        for head in heads:
            with self.subTest(head=head):
                self.core(self.body(71, head).replace("}\n", "};\n" if "kTable" in head else "}\n"))
                self.assertEqual([rule.split()[1] for rule in self.rules()], ["function-length"])

    def test_requirements_are_not_functions(self):
        self.core("template <class T>\nconcept C = requires(T t) {\n" + "    t.f();\n" * 90 + "};\n"
                  "template <class T>\n    requires requires(T t, A<int()> a) {\n        t.f();\n    }\nvoid f() {\n}\n")
        self.assert_clean()

    def test_types_namespaces_and_tables_are_not_functions(self):
        for head in ["struct A : B<decltype(f())> {", "namespace {", "enum class E : std::uint8_t {", "constexpr Row kRows[] = {",
                     'extern "C" {', "class alignas(64) A final {", "const std::vector<Row> rows{"]:
            with self.subTest(head=head):
                self.core(head + "\n" + "\n" * 100 + "};\n")
                self.assert_clean()

    def test_a_row_of_short_lambdas_is_not_one_long_function(self):
        self.core("constexpr Row kRows[] = {\n" + "    {1, [](int x) {\n        return x;\n    }},\n" * 40 + "};\n")
        self.assert_clean()

    def test_four_levels_are_too_deep(self):
        three = "void f() {\n    if (a) {\n        for (;;) {\n            switch (b) {\n                case 1: {\n%s                }\n" \
                "            }\n        }\n    } else if (c) {\n        g({1}, [&] { if (x) { h(); } });\n    }\n}\n"
        self.core(three % "")
        self.assert_clean()
        self.core(three % "                    while (d) {\n                    }\n")
        self.assertEqual(self.rules(), ["src/core/stock/stock.cc:6 nesting"])

    def test_words_in_comments_and_texts_are_not_code(self):
        self.core('// if ( { {\nvoid f() {\n    const char* a = "{{{";\n    char b = \'{\';\n    auto c = R"x({{ " {)x";\n'
                  "    int d = 20\'000;\n    /* } */\n}\nvoid g() {\n}\n")
        self.assert_clean()


class Core(Fixture):
    def test_bans(self):
        for text, rule in [("void f() { throw 1; }", "core-throw"), ("double x = 1;", "core-float"),
                           ("std::unordered_map<int, int> x;", "core-hash-order"),
                           ("auto t = time(nullptr);", "core-clock"), ("auto t = std::chrono::system_clock::now();", "core-clock"),
                           ("int x = rand();", "core-random"), ("std::random_device d;", "core-random")]:
            with self.subTest(text=text):
                self.core(text + "\n")
                self.assertEqual(self.rules(), [f"src/core/stock/stock.cc:1 {rule}"])

    def test_names_that_only_look_like_it_pass(self):
        self.core("Timestamp time(Batch b);\nauto x = batch.time();\nint operand(int doubled);\n// we never throw a double\n")
        self.assert_clean()

    def test_other_layers_and_tests_may(self):
        self.module("runtime", "lamp", "SOURCES lamp.cc")
        self.write("src/runtime/lamp/lamp.cc", "double x = 1;\n")
        self.module("core", "stock", "TESTS stock_test.cc")
        self.write("src/core/stock/stock_test.cc", "double x = 1;\n")
        self.assert_clean()


class Awaits(Fixture):
    def test_a_brace_in_the_expression_is_refused(self):
        for text in ["co_await f(A{1});", "auto x = co_await f({1, 2});", "co_await f([&] { g(); });",
                     "co_return co_await f(a[1],\n    B{});"]:
            with self.subTest(text=text):
                self.core("task<void> f() {\n    " + text + "\n}\n")
                self.assertEqual(self.rules(), ["src/core/stock/stock.cc:2 braced-await"])

    def test_a_brace_behind_it_passes(self):
        self.core("task<void> f() {\n    if (co_await f(a[0], std::move(b))) {\n    }\n"
                  "    g(co_await f(a), B{1});\n    co_await h(b);\n    A c{};\n}\n")
        self.assert_clean()


class Texts(Fixture):
    def found(self, path, text):
        self.write(path, text)
        return [rule.split()[1] for rule in self.rules()]

    def test_blanks_and_ends(self):
        self.assertEqual(self.found("docs/a.md", "a\tb\n"), ["tab"])
        self.assertEqual(self.found("docs/a.md", "a \nb\n"), ["trailing-space"])
        self.assertEqual(self.found("docs/a.md", "a"), ["last-newline"])
        self.assertEqual(self.found("Makefile", "a:\n\tb\n") + self.found("docs/a.md", "a\n"), ["last-newline"])

    def test_unfinished_work(self):
        self.assertEqual(self.found("docs/a.md", f"{UNFINISHED}: later\n"), ["unfinished"])
        self.assertEqual(self.found("docs/a.md", f"my{UNFINISHED}s\n"), [])

    def test_lengths(self):
        self.assertEqual(self.found("scripts/a.py", "x = 1\n" * 500), [])
        self.assertEqual(self.found("scripts/a.py", "x = 1\n" * 501), ["file-length"])
        self.assertEqual(self.found("scripts/a.py", "x" * 141 + "\n"), ["line-length"])
        self.assertEqual(self.found("scripts/a.py", "票" * 140 + "\n"), [])

    def test_folders_of_one_machine(self):
        for folder in ("wor" + "k", "roo" + "t", "hom" + "e"):
            self.assertEqual(self.found("docs/a.md", f"see /{folder}/x\n"), ["machine-path"], folder)
        self.assertEqual(self.found("docs/a.md", "see api/hom" + "e/x, https://example.org/hom" + "e/x and /etc/onsale/onsale.toml\n"), [])
        self.core('const char* a = "/etc/onsale/onsale.toml";\n')
        self.assertEqual(self.rules(), ["src/core/stock/stock.cc:1 machine-path"])


class Allowances(Fixture):
    def test_a_reason_on_the_line_before(self):
        self.core("// tidy: allow core-float: measured in a test of speed only\ndouble x = 1;\n")
        self.assert_clean()

    def test_only_for_that_line_and_rule(self):
        self.core("// tidy: allow core-throw: another rule\ndouble x = 1;\ndouble y = 1;\n")
        self.assertEqual(len(self.rules()), 2)

    def test_needs_a_reason_and_a_rule_that_exists(self):
        for text in ["// tidy: allow core-float\n", "// tidy: allow core-floats: because\n", "// tidy: allow\n"]:
            with self.subTest(text=text):
                self.core(text)
                self.assertEqual(self.rules(), ["src/core/stock/stock.cc:1 bad-allow"])

    def test_rules_on_a_whole_file_are_allowed_anywhere_in_it(self):
        self.write("scripts/a.py", "x = 1\n" * 501 + "# tidy: allow file-length: one table\n")
        self.header(HEADER + "// tidy: allow third-party-header: private to the module that wraps it\n"
                    "#include <a/b.hpp>\n#include <a/c.hpp>\n")
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
