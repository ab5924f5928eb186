#include "audit/report.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace onsale::audit {
namespace {

struct Description {
    std::string_view name;
    std::string_view demands;
};

constexpr std::array<Description, kClauses> kDescriptions = {{
    {"T1", "free + held + sold + withdrawn = capacity of every pool, at every position"},
    {"T3", "free stock is never below zero, at every step"},
    {"T4", "each hold ends exactly once, and none outlives its deadline"},
    {"T5",
     "a retired session has no order in an intermediate state and the totals it was closed with"},
    {"T6", "limits per order and person and the campaign's window hold"},
    {"T8", "the price of each line is its tier's price at hold time"},
    {"C1", "live codes = live tickets: ordinals are unique and without gaps"},
    {"C2", "the vault holds the codes that the journal names, each once"},
    {"S1", "each transition is an edge of the graph of states"},
    {"S2", "no order stays reserved beyond its deadline"},
    {"S3", "rows and snapshots equal the fold of the facts"},
    {"S4", "one effect per person and key; one live order per person where a campaign says so"},
    {"D1", "epochs rise, and each batch carries the epoch valid at its position"},
    {"D2", "the sequence has no gap, the hash chain and the high-water file agree with it"},
    {"D3", "cursors of followers stand at a position of the journal"},
    {"D4", "what was acknowledged is stored, and what was refused is not"},
    {"D6", "projections are not older than allowed"},
    {"D7", "times and counters never go back; no hold is shorter than promised"},
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
                       "{}{{\"clause\":\"{}\",\"checked\":{},\"breaches\":{}}}", i == 0 ? "" : ",",
                       kDescriptions[i].name, figure.checked, figure.breaches);
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

}  // namespace

std::string_view to_string(Clause clause) {
    return kDescriptions[static_cast<std::size_t>(clause)].name;
}
std::string_view sentence(Clause clause) {
    return kDescriptions[static_cast<std::size_t>(clause)].demands;
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
    for (const Breach& breach : report.breaches) {
        fmt::format_to(std::back_inserter(out), "breach of {}: {}\n", to_string(breach.clause),
                       breach.text);
    }
    for (const std::string& note : report.notes)
        fmt::format_to(std::back_inserter(out), "not checked: {}\n", note);
    const std::uint64_t count = report.breach_count();
    if (count == 0) {
        out += "the books are clean\n";
    } else {
        fmt::format_to(std::back_inserter(out), "{} breaches\n", count);
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
    out += "],\"breaches\":[";
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
