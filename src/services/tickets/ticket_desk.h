// TicketDesk: signs tickets, checks signed codes, draws tickets on paper. Signing and checking cost
// tens of microseconds of arithmetic each and so happen on the "tickets" executor, drawing on the
// "papers" executor; both are bounded, and what finds no room is answered `busy`. Signed codes are
// remembered while there is room. Any thread may call it. Nothing is kept after a crash but the
// keys (TicketKeys).
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "env/environment.h"
#include "orders/reader.h"
#include "shard/engine.h"
#include "tickets/check.h"
#include "tickets/paper.h"
#include "tickets/ticket_keys.h"

namespace onsale::tickets {

class TicketDesk {
  public:
    struct Parts {
        records::Store& records;
        const crypto::Key& master;
        env::Environment& environment;
        shard::Engine& engine;
        orders::OrderReader& orders;
        const catalog::Catalog& catalog;
    };
    // Before anything was posted to the records store. The error is a sentence.
    static base::Result<std::unique_ptr<TicketDesk>, std::string> create(const Parts& parts);
    ~TicketDesk();
    TicketDesk(const TicketDesk&) = delete;
    TicketDesk& operator=(const TicketDesk&) = delete;

    [[nodiscard]] TicketKeys& keys() { return *keys_; }

    // The signed code of a ticket. Its key is the one that was valid when it was issued, so it is
    // the same text whenever it is asked for.
    using Signed = records::StoreResult<std::string>;
    void sign(const CodeFacts& facts, env::Executor& home,
              base::UniqueFunction<void(Signed)> reply);

    // What a text that is said to be a ticket is worth.
    using Checked = records::StoreResult<CheckResult>;
    void check(std::string text, env::Executor& home, base::UniqueFunction<void(Checked)> reply);
    // Counts a check of this address; how long to wait, 0: go on.
    [[nodiscard]] base::Duration may_check(std::string_view address);

    // A ticket as PDF.
    using Drawn = records::StoreResult<std::string>;
    void draw(Paper paper, env::Executor& home, base::UniqueFunction<void(Drawn)> reply);

    // Ends its executors; what waits is dropped. Not from one of them.
    void stop();

  private:
    struct Place;
    TicketDesk(const Parts& parts, std::unique_ptr<TicketKeys> keys);
    std::string signed_code(const CodeFacts& facts);
    void look_up(const SignedCode& code, env::Executor& home,
                 base::UniqueFunction<void(Checked)> reply);

    const Parts parts_;
    const std::unique_ptr<TicketKeys> keys_;
    CheckThrottle throttle_;
    std::atomic<std::size_t> codes_waiting_ = 0;
    std::atomic<std::size_t> papers_waiting_ = 0;
    // Of the "tickets" executor: by the facts that were signed.
    boost::unordered_flat_map<std::uint64_t, std::pair<CodeFacts, std::string>> remembered_;
    PaperDrawer drawer_;                    // of the "papers" executor
    std::unique_ptr<env::Executor> codes_;  // last: they are gone before what their tasks use
    std::unique_ptr<env::Executor> papers_;
};

}  // namespace onsale::tickets
