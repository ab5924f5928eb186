// Answers about reconciliations, as administrators and the program's own verbs get them. Plain
// values; nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finance/bank_body.h"
#include "http/described.h"

namespace onsale::finance {

struct MoneyBody {
    std::int64_t amount = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(MoneyBody, (), (amount, currency))
struct RunWishBody {
    std::uint64_t bank = 0;
    std::string day;  // 2026-11-20, UTC
};
BOOST_DESCRIBE_STRUCT(RunWishBody, (), (bank, day))
struct RunBody {
    std::uint64_t reconciliation = 0;
    std::uint64_t bank = 0;
    NameBody bank_name;
    std::string day;
    std::string state;                   // waiting, fetching, comparing, done, failed
    std::optional<std::string> trouble;  // bank_away, bank_silent, bank_refused, rows_behind, …
    std::optional<std::string> detail;   // a sentence for operators
    bool clean = false;                  // done, and nothing differs
    bool day_was_over = false;           // when the bank was asked for its file
    std::uint64_t lines = 0;
    std::uint64_t matched = 0;
    std::uint64_t differences = 0;
    std::int64_t banks_in = 0;
    std::int64_t banks_out = 0;
    std::int64_t ours_in = 0;
    std::int64_t ours_out = 0;
    std::string currency;
    std::string started_at;
    std::optional<std::string> ended_at;
};
BOOST_DESCRIBE_STRUCT(RunBody, (),
                      (reconciliation, bank, bank_name, day, state, trouble, detail, clean,
                       day_was_over, lines, matched, differences, banks_in, banks_out, ours_in,
                       ours_out, currency, started_at, ended_at))
struct RunsBody {
    std::vector<RunBody> reconciliations;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(RunsBody, (), (reconciliations, next))
struct RunItemBody {
    std::string kind;   // note, ours_only, banks_only, amount_differs, …
    std::string cause;  // callback_lost, boundary, …
    NameBody meaning;
    std::string mends;  // nothing_to_do, by_itself, by_person
    std::string flow;   // payment, refund
    std::string reference;
    std::string transaction;
    std::optional<std::uint64_t> order;
    std::optional<MoneyBody> ours;
    std::optional<MoneyBody> banks;
    std::optional<std::uint64_t> line;  // of the file
    std::optional<std::string> detail;  // what is wrong with the line
};
BOOST_DESCRIBE_STRUCT(RunItemBody, (),
                      (kind, cause, meaning, mends, flow, reference, transaction, order, ours,
                       banks, line, detail))
struct RunPartBody : RunBody {
    std::vector<RunItemBody> items;
    std::optional<std::uint64_t> next;  // `from` of the next part
};
BOOST_DESCRIBE_STRUCT(RunPartBody, (RunBody), (items, next))

}  // namespace onsale::finance
