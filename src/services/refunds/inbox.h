// Inbox: the news of a person about their refunds: approved, rejected, completed. The messages are
// rows that follow from facts, so none is lost or comes twice, whatever crashes; which of them were
// read is a record. Any thread may call it; its work runs on the stores' executors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/strong.h"
#include "base/unique_function.h"
#include "domain/refund.h"
#include "records/store.h"

namespace onsale::refunds {

// refund << 2 | kind: the same whenever the rows are made.
using NoticeId = base::Strong<struct NoticeTag, std::uint64_t>;
enum class NoticeKind : std::uint8_t {
    refund_approved = 1,
    refund_rejected = 2,
    refund_completed = 3,
};
inline constexpr std::uint32_t kNoticeKindBits = 2;

struct Notice {
    NoticeId id;
    NoticeKind kind = NoticeKind::refund_approved;
    domain::RefundId refund;
    base::Money amount;  // that goes back
    base::Timestamp at;
    bool read = false;
    bool operator==(const Notice&) const = default;
};
struct NoticePage {
    std::vector<Notice> notices;  // newest first
    std::uint64_t unread = 0;     // of all
    std::optional<NoticeId> next;
};

class Inbox {
  public:
    // Migrates the table of what was read: call it before anything was posted to `records`.
    // `lists` reads the projections; both outlive the calls.
    static sql::SqlResult<void> migrate(records::Store& records);
    Inbox(records::Store& records, records::Store& lists) : records_(records), lists_(lists) {}

    struct Query {
        domain::PersonId person;
        std::optional<NoticeId> before;  // `next` of the former page
        std::size_t max = 20;
    };
    using Listed = records::StoreResult<NoticePage>;
    void list(const Query& query, env::Executor& home, base::UniqueFunction<void(Listed)> reply);

    // False: the person has no such message. Repeating it changes nothing.
    using Marked = records::StoreResult<bool>;
    void mark_read(domain::PersonId person, NoticeId notice, env::Executor& home,
                   base::UniqueFunction<void(Marked)> reply);

  private:
    records::Store& records_;
    records::Store& lists_;
};

}  // namespace onsale::refunds
