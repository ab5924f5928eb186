// BoxOffice: the state machine of one shard. decide() answers a command against memory and changes
// nothing; apply() is the only thing that changes memory, in live use, replay and standby alike.
// Pure: no I/O, no clock, no randomness, no floats; never throws; never iterates in hash order. It
// is owned by one thread. After a crash it is made again by a snapshot and the facts behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/command.h"
#include "domain/fact.h"
#include "domain/image.h"
#include "domain/outcome.h"

namespace onsale::boxoffice {

struct Decision {
    domain::Outcome outcome;
    std::vector<domain::Fact>
        facts;  // to be applied in order, all of them, before the next decide()
};

// A pool's stock and what is needed to name its codes.
struct PoolView {
    domain::SessionId session;
    domain::PoolId pool;
    domain::PoolKind kind = domain::PoolKind::count;
    domain::StockCount count;
};

class BoxOffice {
  public:
    explicit BoxOffice(domain::ShardId shard);
    ~BoxOffice();
    BoxOffice(BoxOffice&&) noexcept;
    BoxOffice& operator=(BoxOffice&&) noexcept;

    // Fills `out` (its memory is reused). `now` is the shard's time and never goes back. The
    // outcome of an order follows its deadline and the cancellation of its session, even before
    // ExpireDue or EndCancelled has reached it.
    void decide(const domain::Command& command, base::Timestamp now, Decision& out) const noexcept;

    // INVARIANT: facts come from decide() of this state or from the journal in order; a fact that
    // does not fit is a programmer's error or a damaged journal, and ends the process.
    void apply(const domain::Fact& fact) noexcept;

    // Reads. An order whose deadline has passed reads as expired, one of a cancelled session as
    // cancelled or refunded; changed_at is then the moment that ended it, and once its own fact is
    // there, that fact's.
    [[nodiscard]] std::optional<domain::Order> find_order(domain::OrderId order,
                                                          base::Timestamp now) const;
    // Newest first, at most `max`, with ids below `before` (OrderId(0): from the newest); hidden
    // ones are passed over.
    [[nodiscard]] std::vector<domain::Order> orders_of(domain::PersonId person,
                                                       domain::OrderId before, std::size_t max,
                                                       base::Timestamp now) const;
    // The live order of the person in this campaign, if it allows one per person only.
    [[nodiscard]] std::optional<domain::Order> joined(domain::CampaignId campaign,
                                                      domain::PersonId person,
                                                      base::Timestamp now) const;
    [[nodiscard]] const domain::Session* find_session(
        domain::SessionId session) const;  // also when retired or cancelled
    [[nodiscard]] std::optional<domain::SessionStatus> status_of(domain::SessionId session) const;
    [[nodiscard]] std::vector<PoolView> stock()
        const;  // of all sessions that are not retired, ascending
    [[nodiscard]] std::vector<PoolView> stock_of(
        domain::SessionId session) const;  // empty: unknown or retired
    [[nodiscard]] base::Timestamp next_deadline()
        const;  // Timestamp::never() when nothing is reserved
    // A cancelled session has live orders whose ends are not written down yet: EndCancelled is due.
    [[nodiscard]] bool has_orders_to_end() const;
    // The payments and refunds of an order; nothing when nobody began to pay for it.
    [[nodiscard]] std::optional<domain::OrderMoney> money_of(domain::OrderId order) const;
    // What a bank has still to say something about, ascending: for those who ask the banks.
    [[nodiscard]] std::vector<domain::Payment> open_payments() const;
    [[nodiscard]] std::vector<domain::Refund> open_refunds() const;  // those in review included
    [[nodiscard]] std::vector<domain::Stray> open_strays() const;
    [[nodiscard]] std::uint64_t orders_in_memory() const;
    // Sessions whose end is before `ended_before` and whose orders are all final: ready to be
    // retired. At most `max`, ascending.
    [[nodiscard]] std::vector<domain::SessionId> ready_to_retire(base::Timestamp ended_before,
                                                                 std::size_t max) const;

    // The whole memory, in a fixed order: equal states give equal images.
    void save(domain::ImageSink& sink) const;
    // Checks every invariant by counting again from the orders. Empty when all hold; otherwise a
    // sentence. Slow: for tests and the simulator.
    [[nodiscard]] std::string broken_invariant() const;

    struct Memory;  // internal/memory.h

  private:
    friend class Loader;
    std::unique_ptr<Memory> memory_;
};

// Makes a box office again from an image. Pieces that contradict each other are reported by
// finish(), never guessed.
class Loader : public domain::ImageSink {
  public:
    Loader();
    ~Loader() override;
    void header(const domain::HeaderImage& header) override;
    void session(const domain::Session& session, const domain::SessionStatus& status) override;
    void stock(const domain::StockImage& stock) override;
    void order(const domain::Order& order) override;
    void money(const domain::OrderMoney& money) override;
    void stray(const domain::Stray& stray) override;
    // Nothing if the pieces do not fit together.
    [[nodiscard]] std::optional<BoxOffice> finish();

  private:
    std::optional<BoxOffice> loaded_;
    bool broken_ = false;
};

}  // namespace onsale::boxoffice
