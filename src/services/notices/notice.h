// A notice: what a buyer is told by mail about an order, or about money of theirs. Plain values and
// pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/money.h"
#include "base/time.h"
#include "domain/fact.h"

namespace onsale::notices {

// The numbers stand in rows.
enum class NoticeKind : std::uint8_t {
    order_completed = 1,    // paid for
    refund_requested = 2,   // by the buyer; it is reviewed
    refund_approved = 3,    // also one that nobody has to review
    refund_rejected = 4,    // with the reviewer's words
    refund_completed = 5,   // whatever it was for
    money_returned = 6,     // late, paid twice or another amount: it goes back
    session_cancelled = 7,  // to who has tickets; what was paid goes back
};

// The fact that it is about: unique over the whole site and for ever, also after a backup was
// restored.
struct NoticeKey {
    domain::ShardId shard;
    std::uint64_t incarnation = 0;
    std::uint64_t sequence = 0;
    std::uint32_t index = 0;
    auto operator<=>(const NoticeKey&) const = default;
};
// shard-incarnation-sequence-index
[[nodiscard]] std::string to_string(const NoticeKey& key);

struct Notice {
    NoticeKey key;
    NoticeKind kind = NoticeKind::order_completed;
    domain::PersonId person;
    domain::OrderId order;
    domain::SessionId session;
    domain::RefundId refund;  // zero: it is about none; the same for the next two
    domain::RefundCause cause = domain::RefundCause::buyer;
    base::Money fee;     // that stays
    base::Money amount;  // of the order, or that goes back
    base::Timestamp at;
    bool operator==(const Notice&) const = default;
};

// What a fact has to tell its buyer; nothing for most.
struct Subject {
    NoticeKind kind = NoticeKind::order_completed;
    domain::OrderId order;
    domain::RefundId refund;  // zero: it is about none
    base::Timestamp at;
    bool operator==(const Subject&) const = default;
};
[[nodiscard]] std::optional<Subject> subject_of(const domain::Fact& fact);

}  // namespace onsale::notices
