#include "audit/report.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace onsale::audit {
namespace {

struct Description {
    std::string_view name;
    std::string_view demands;
    std::string_view remedy;
};

// The facts themselves are wrong: nothing derived from them can be right.
constexpr std::string_view kRules =
    "the journal records what the rules forbid: stop the sale of the session named, keep the data "
    "folder, report it with the position; `onsale explain` replays to it";
constexpr std::string_view kRestore =
    "the file was changed or has lost a part: stop the server, keep the folder, restore the newest "
    "backup whose audit is clean; orders acknowledged since are in the answers kept outside";
constexpr std::string_view kRebuild =
    "if only rows are named: stop the server and run `onsale rebuild`, which makes them anew from "
    "the journal; if a snapshot is named: move it away, the next start replays without it";

constexpr std::array<Description, kClauses> kDescriptions = {{
    {"T1", "free + held + sold + withdrawn = capacity of every pool, at every position",
     "a pool named with a sequence: see T3; a pool of stock_pools or of a snapshot: see S3"},
    {"T3", "free stock is never below zero, at every step", kRules},
    {"T4", "each hold ends exactly once, and none outlives its deadline",
     "holds that are still there end when the server runs again; a hold that ends twice: see T3"},
    {"T5",
     "a retired session has no order in an intermediate state and the totals it was closed with",
     kRules},
    {"T6", "limits per order and person and the campaign's window hold", kRules},
    {"T8", "the price of each line is its tier's price at hold time", kRules},
    {"C1", "live codes = live tickets: ordinals are unique and without gaps",
     "a breach with a sequence: see T3, and tell the buyers of the orders named; a breach of "
     "tickets_tickets: run `onsale rebuild`"},
    {"C2", "the vault holds the codes that the journal names, each once",
     "codes cannot be made again: restore records.sqlite from a backup, or import the list named "
     "once more from its file and compare the digest"},
    {"S1", "each transition is an edge of the graph of states", kRules},
    {"S2", "no order stays reserved beyond its deadline",
     "the shard named does not end what is due: see its log and metrics; start the server again"},
    {"S3", "rows and snapshots equal the fold of the facts", kRebuild},
    {"S4", "one effect per person and key; one live order per person where a campaign says so",
     kRules},
    {"S5",
     "what has an effect at a bank is recorded before it is tried, and tried while it is wanted",
     kRules},
    {"S6", "an order is refunded if and only if its money has gone back", kRules},
    {"M1", "each entry of the books balances, and so does their sum at every position", kRebuild},
    {"M2", "what is asked for is what the order costs; 0 <= refunded + fee <= captured", kRules},
    {"M3", "captured money stands in one place: sold, given back, or in suspense for a short time",
     "money that waits too long: see the parked payments, refunds and returns in the console and "
     "resume them; money in two places: see T3"},
    {"M4", "no completed order without its money, no money with an order that has ended", kRules},
    {"M5", "one charge for an order; a bank's transaction counts once",
     "tell the bank named, compare its file of the day by `onsale reconcile`, give the second "
     "charge back"},
    {"M6", "what organisers are owed is what was sold, less refunds and fees by the terms",
     "a refund named with a sequence: see T3; rows of ledger_payables or ledger_balances: stop the "
     "server and run `onsale rebuild`"},
    {"D1", "epochs rise, and each batch carries the epoch valid at its position",
     "two processes have written one journal: find the second one and stop it, keep the folder, "
     "restore the newest backup whose audit is clean"},
    {"D2", "the sequence has no gap, the hash chain and the high-water file agree with it",
     kRestore},
    {"D3", "cursors of followers stand at a position of the journal",
     "the rows belong to another journal, or to facts that were lost: run `onsale rebuild`, and "
     "look whether D2 or D4 is broken as well"},
    {"D4", "what was acknowledged is stored, and what was refused is not",
     "buyers were told something else than what is stored: restore the newest backup and journal "
     "that have the orders named, or inform the persons named"},
    {"D5", "each operation record is as it was written, and none is missing",
     "somebody changed records.sqlite past the program: keep the file as evidence, compare the "
     "record named with the newest backup, change the passwords of who had access"},
    {"D6", "projections are not older than allowed",
     "the projector is stopped or too slow: see its log, its metrics and the disk's free space"},
    {"D7", "times and counters never go back; no hold is shorter than promised",
     "the clock of the machine went wrong, or facts were changed: compare the batch named with its "
     "neighbours; see T3"},
}};

void append_json_text(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void append_figures(std::string& out, const Report& report) {
    for (std::size_t i = 0; i < kClauses; ++i) {
        const Figure& figure = report.figures[i];
        fmt::format_to(std::back_inserter(out),
                       "{}{{\"clause\":\"{}\",\"checked\":{},\"breaches\":{}", i == 0 ? "" : ",",
                       kDescriptions[i].name, figure.checked, figure.breaches);
        if (figure.breaches > 0) {
            out += ",\"remedy\":";
            append_json_text(out, kDescriptions[i].remedy);
        }
        out.push_back('}');
    }
}

void append_shards(std::string& out, const Report& report) {
    bool first = true;
    for (const auto& [shard, figures] : report.shards) {
        fmt::format_to(std::back_inserter(out),
                       "{}{{\"shard\":{},\"sequence\":{},\"epoch\":{},\"orders\":{},\"projected\":{"
                       "},\"lag_ms\":{}}}",
                       first ? "" : ",", shard, figures.sequence, figures.epoch, figures.orders,
                       figures.projected, figures.lag_ms);
        first = false;
    }
}

// The breaches of one clause and, once, what to do.
void append_breaches(std::string& out, const Report& report, Clause clause) {
    const std::uint64_t count = report.of(clause).breaches;
    if (count == 0) return;
    for (const Breach& breach : report.breaches) {
        if (breach.clause != clause) continue;
        fmt::format_to(std::back_inserter(out), "breach of {}: {}\n", to_string(clause),
                       breach.text);
    }
    if (count > kBreachesKeptMax) {
        fmt::format_to(std::back_inserter(out), "breach of {}: and {} more\n", to_string(clause),
                       count - kBreachesKeptMax);
    }
    fmt::format_to(std::back_inserter(out), "  what to do: {}\n", remedy(clause));
}

}  // namespace

std::string_view to_string(Clause clause) {
    return kDescriptions[static_cast<std::size_t>(clause)].name;
}
std::string_view sentence(Clause clause) {
    return kDescriptions[static_cast<std::size_t>(clause)].demands;
}
std::string_view remedy(Clause clause) {
    return kDescriptions[static_cast<std::size_t>(clause)].remedy;
}

void Report::breach(Clause clause, std::string text) {
    Figure& figure = of(clause);
    if (++figure.breaches <= kBreachesKeptMax) breaches.push_back({clause, std::move(text)});
}

std::uint64_t Report::breach_count() const {
    std::uint64_t sum = 0;
    for (const Figure& figure : figures) sum += figure.breaches;
    return sum;
}

std::string to_text(const Report& report) {
    std::string out =
        fmt::format("{} batches, {} facts, {} orders, {} tickets in {} shards\n", report.batches,
                    report.facts, report.orders, report.tickets, report.shards.size());
    for (std::size_t i = 0; i < kClauses; ++i) {
        const Figure& figure = report.figures[i];
        fmt::format_to(std::back_inserter(out), "{:<3}{:>12} checked {:>8} breaches  {}\n",
                       kDescriptions[i].name, figure.checked, figure.breaches,
                       kDescriptions[i].demands);
    }
    for (std::size_t i = 0; i < kClauses; ++i) append_breaches(out, report, static_cast<Clause>(i));
    if (!report.operations_mark.empty()) {
        fmt::format_to(std::back_inserter(out), "newest operation record: {}\n",
                       report.operations_mark);
    }
    for (const std::string& note : report.notes)
        fmt::format_to(std::back_inserter(out), "not checked: {}\n", note);
    const std::uint64_t count = report.breach_count();
    if (count == 0) {
        out += "the books are clean\n";
    } else {
        fmt::format_to(std::back_inserter(out), "{} {}; nothing was changed\n", count,
                       count == 1 ? "breach" : "breaches");
    }
    return out;
}

std::string to_json(const Report& report) {
    std::string out = fmt::format(
        "{{\"clean\":{},\"batches\":{},\"facts\":{},\"orders\":{},\"tickets\":{},\"clauses\":[",
        report.clean(), report.batches, report.facts, report.orders, report.tickets);
    append_figures(out, report);
    out += "],\"shards\":[";
    append_shards(out, report);
    fmt::format_to(
        std::back_inserter(out),
        "],\"operations\":{{\"newest\":{},\"hash\":\"{}\",\"mark\":\"{}\"}},\"breaches\":[",
        report.operations, report.operations_hash, report.operations_mark);
    for (std::size_t i = 0; i < report.breaches.size(); ++i) {
        fmt::format_to(std::back_inserter(out),
                       "{}{{\"clause\":\"{}\",\"text\":", i == 0 ? "" : ",",
                       to_string(report.breaches[i].clause));
        append_json_text(out, report.breaches[i].text);
        out.push_back('}');
    }
    out += "],\"not_checked\":[";
    for (std::size_t i = 0; i < report.notes.size(); ++i) {
        if (i != 0) out.push_back(',');
        append_json_text(out, report.notes[i]);
    }
    return out + "]}";
}

}  // namespace onsale::audit
