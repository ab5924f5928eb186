// What an audit found: per clause how many things were checked and which of them are wrong. The
// clauses' names are those of the list of invariants (T: tickets, C: codes, S: states, M:
// money, D: distribution); README.md says in a line what each one checks. A plain value, owned by
// who asked; it holds ids, never a code or a name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace onsale::audit {

enum class Clause : std::uint8_t {
    t1,
    t3,
    t4,
    t5,
    t6,
    t8,
    c1,
    c2,
    s1,
    s2,
    s3,
    s4,
    s5,
    s6,
    m1,
    m2,
    m3,
    m4,
    m5,
    m6,
    d1,
    d2,
    d3,
    d4,
    d5,
    d6,
    d7,
};
inline constexpr std::size_t kClauses = 27;
[[nodiscard]] std::string_view to_string(Clause clause);  // "T1"
[[nodiscard]] std::string_view sentence(Clause clause);   // what it demands
[[nodiscard]] std::string_view remedy(Clause clause);     // what to do when it is broken

// Breaches that are kept with their text, per clause; further ones are only counted.
inline constexpr std::size_t kBreachesKeptMax = 100;

struct Breach {
    Clause clause = Clause::t1;
    std::string text;  // names shard, sequence and ids
};

struct Figure {
    std::uint64_t checked = 0;
    std::uint64_t breaches = 0;
};

struct ShardFigures {
    std::uint64_t sequence = 0;  // of the journal's newest batch
    std::uint64_t epoch = 0;
    std::uint64_t orders = 0;
    std::uint64_t projected = 0;  // the projections' cursor
    std::int64_t lag_ms = 0;      // age of the oldest batch behind the cursor
};

struct Report {
    std::array<Figure, kClauses> figures{};
    std::vector<Breach> breaches;
    std::vector<std::string> notes;  // what could not be checked, and why
    std::map<std::uint16_t, ShardFigures> shards;
    std::uint64_t batches = 0;
    std::uint64_t facts = 0;
    std::uint64_t orders = 0;
    std::uint64_t tickets = 0;  // of completed orders
    // The newest operation record, its hash (hexadecimal), and the mark of all of them, empty when
    // there is none (docs/formats/operations.md): kept in another place, it shows a chain that was
    // made anew, or whose begin was taken off.
    std::uint64_t operations = 0;
    std::string operations_hash;
    std::string operations_mark;

    [[nodiscard]] Figure& of(Clause clause) { return figures[static_cast<std::size_t>(clause)]; }
    [[nodiscard]] const Figure& of(Clause clause) const {
        return figures[static_cast<std::size_t>(clause)];
    }
    void checked(Clause clause, std::uint64_t count = 1) { of(clause).checked += count; }
    void breach(Clause clause, std::string text);
    [[nodiscard]] std::uint64_t breach_count() const;
    [[nodiscard]] bool clean() const { return breach_count() == 0; }
};

// For people: a table of clauses, then the breaches, then what was not checked.
[[nodiscard]] std::string to_text(const Report& report);
// For programs: one JSON object.
[[nodiscard]] std::string to_json(const Report& report);

}  // namespace onsale::audit
