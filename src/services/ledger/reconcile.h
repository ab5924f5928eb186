// Reconciliation: a bank's file of a day against our flows of that day. Every line is a match, or a
// difference with its cause and with who mends it. Pure, any thread; nothing to promise after a
// crash.
// INVARIANT: each flow and each line of the file is in exactly one item or one match.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "ledger/day_file.h"

namespace onsale::ledger {

// What the bank has at 23:59:59 we may have at 00:00:01.
inline constexpr auto kDayWindow = base::Duration::minutes(5);

// Where a flow of ours stands, as far as reconciliation has to know.
enum class FlowState : std::uint8_t {
    done = 1,     // the bank's word is booked
    open = 2,     // whoever looks after it will ask the bank again
    parked = 3,   // it waits for a person
    ended = 4,    // the bank said that nothing was taken
    unasked = 5,  // a refund that was never approved
};

// A payment, a refund, or money of nobody on its way in or out.
struct Flow {
    LineKind kind = LineKind::payment;
    std::string reference;  // our name; of money of nobody on its way in: empty
    FlowState state = FlowState::open;
    base::Money amount;
    base::Timestamp done_at;  // zero unless done
    std::string transaction;
    std::uint64_t order = 0;  // 0: of none
};

enum class ItemKind : std::uint8_t {
    note = 1,            // a match that needs a word
    ours_only = 2,       // 短款: booked here, not in the bank's file
    banks_only = 3,      // 长款: in the bank's file, not known here
    amount_differs = 4,  // the same flow with another amount or currency
    state_differs = 5,   // the bank has done what is not booked here
    transaction_differs = 6,
    file_damaged = 7,
};
enum class Mends : std::uint8_t { nothing_to_do = 0, by_itself = 1, by_person = 2 };

struct Item {
    ItemKind kind = ItemKind::note;
    std::string cause;  // a name: callback_lost, boundary, …
    Mends mends = Mends::nothing_to_do;
    LineKind flow = LineKind::payment;
    std::string reference;
    std::string transaction;
    std::uint64_t order = 0;
    base::Money ours;        // zero: not here
    base::Money banks;       // zero: not there
    std::uint64_t line = 0;  // of the file; 0: in none
    bool operator==(const Item&) const = default;
};
[[nodiscard]] std::string_view to_string(ItemKind kind);
[[nodiscard]] std::string_view to_string(Mends mends);
// What a cause means and what to do, in one sentence.
struct Sentence {
    std::string_view en;
    std::string_view zh;
};
[[nodiscard]] Sentence sentence_of(std::string_view cause);

struct Result {
    std::uint64_t lines = 0;    // of the file, each once
    std::uint64_t matched = 0;  // those with a note included
    std::uint64_t differences = 0;
    std::int64_t banks_in = 0;
    std::int64_t banks_out = 0;
    std::int64_t ours_in = 0;  // booked on this day
    std::int64_t ours_out = 0;
    std::vector<Item> items;  // at most kItemsMax; the count is whole
    [[nodiscard]] bool clean() const { return differences == 0; }
    bool operator==(const Result&) const = default;
};
inline constexpr std::size_t kItemsMax = 10'000;

// What is known here: by our name, and money of nobody by the bank's.
struct OurFlows {
    std::map<std::pair<LineKind, std::string>, Flow> by_reference;
    std::map<std::string, Flow> strays;  // by transaction
    // What a file of another day has had, by earlier reconciliations: transaction → day.
    std::map<std::string, std::string> on_other_days;
    // When the file was asked for: what was done here later is in no file yet.
    std::optional<base::Timestamp> asked_at;
};

[[nodiscard]] Result reconcile(const Day& day, const DayFile& file, const OurFlows& ours);

}  // namespace onsale::ledger
