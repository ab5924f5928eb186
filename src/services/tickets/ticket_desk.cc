#include "tickets/ticket_desk.h"

#include <utility>

#include "tickets/limits.h"

namespace onsale::tickets {
namespace {

using base::Unexpected;
using CheckedReply = base::UniqueFunction<void(TicketDesk::Checked)>;
using TextReply = base::UniqueFunction<void(records::StoreResult<std::string>)>;

Standing standing_of(Reading reading) {
    switch (reading) {
        case Reading::unknown_key:
            return Standing::unknown_key;
        case Reading::forged:
            return Standing::forged;
        case Reading::genuine:
        case Reading::malformed:
            break;
    }
    return Standing::malformed;
}

template <class Value>
void answer(env::Executor& home, base::UniqueFunction<void(Value)> reply, Value value) {
    home.post([reply = std::move(reply), value = std::move(value)]() mutable {
        reply(std::move(value));
    });
}

}  // namespace

// One of a bounded number of places; given back when the task that holds it is gone, run or not.
struct TicketDesk::Place {
    Place(std::atomic<std::size_t>& taken_in, std::size_t max)
        : taken(&taken_in), good(taken_in.fetch_add(1) < max) {}
    Place(Place&& other) noexcept : taken(std::exchange(other.taken, nullptr)), good(other.good) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (taken != nullptr) taken->fetch_sub(1);
    }
    std::atomic<std::size_t>* taken;
    bool good;
};

TicketDesk::TicketDesk(const Parts& parts, std::unique_ptr<TicketKeys> keys)
    : parts_(parts),
      keys_(std::move(keys)),
      codes_(parts.environment.make_executor(
          {"tickets", "signs tickets and checks signed codes", kCodesWaitingMax + 1})),
      papers_(parts.environment.make_executor(
          {"papers", "draws tickets as PDF", kPapersWaitingMax + 1})) {}

TicketDesk::~TicketDesk() {
    stop();
}

base::Result<std::unique_ptr<TicketDesk>, std::string> TicketDesk::create(const Parts& parts) {
    ONSALE_TRY_ASSIGN(keys, TicketKeys::create(parts.records, parts.master, parts.environment));
    return std::unique_ptr<TicketDesk>(new TicketDesk(parts, std::move(keys)));
}

void TicketDesk::stop() {
    codes_->close();
    papers_->close();
}

std::string TicketDesk::signed_code(const CodeFacts& facts) {
    const std::uint64_t ticket = facts.ticket.value();
    const auto found = remembered_.find(ticket);
    if (found != remembered_.end() && found->second.first == facts) return found->second.second;
    const auto keys = keys_->current();
    std::string code = sign_code(facts, keys->signing[keys->ring.place_at(facts.issued_at)]);
    if (remembered_.size() >= kSignedCodesCached) remembered_.clear();
    remembered_.insert_or_assign(ticket, std::pair(facts, code));
    return code;
}

void TicketDesk::sign(const CodeFacts& facts, env::Executor& home, TextReply reply) {
    Place place(codes_waiting_, kCodesWaitingMax);
    if (!place.good)
        return answer<Signed>(home, std::move(reply), Unexpected{records::store_busy()});
    codes_->post(
        [this, facts, &home, place = std::move(place), reply = std::move(reply)]() mutable {
            answer<Signed>(home, std::move(reply), signed_code(facts));
        });
}

base::Duration TicketDesk::may_check(std::string_view address) {
    // The clock that nobody sets back.
    const std::int64_t now_ms = parts_.environment.clock().monotonic_us() / 1000;
    return throttle_.ask(address, base::Timestamp::from_unix_ms(now_ms));
}

void TicketDesk::check(std::string text, env::Executor& home, CheckedReply reply) {
    Place place(codes_waiting_, kCodesWaitingMax);
    if (!place.good)
        return answer<Checked>(home, std::move(reply), Unexpected{records::store_busy()});
    codes_->post([this, text = std::move(text), &home, place = std::move(place),
                  reply = std::move(reply)]() mutable {
        const auto keys = keys_->current();
        const auto read = read_code(text, keys->ring);
        if (read.reading == Reading::genuine) return look_up(read.code, home, std::move(reply));
        answer<Checked>(home, std::move(reply),
                        CheckResult{standing_of(read.reading), VoidReason::none, {}, {}});
    });
}

// From memory, else from the rows, as orders are found for their buyers.
void TicketDesk::look_up(const SignedCode& code, env::Executor& home, CheckedReply reply) {
    auto session = parts_.catalog.directory()->find_session(code.facts.session);
    const auto order = domain::order_of(code.facts.ticket);
    const auto shard = domain::shard_of(order);
    if (shard.value() >= parts_.engine.shards()) {
        return answer<Checked>(home, std::move(reply), judge(code, {}, std::move(session)));
    }
    const auto owed = std::make_shared<CheckedReply>(std::move(reply));
    auto tell = [owed, code, session = std::move(session)](orders::OrderReader::Found found) {
        if (!found) return (*owed)(Unexpected{found.error()});
        (*owed)(judge(code, *found, session));
    };
    auto read = [this, order, &home, tell](const boxoffice::BoxOffice& office,
                                           base::Timestamp now) {
        auto found = office.find_order(order, now);
        return env::Task([this, order, &home, tell, found] {
            if (found) return tell(found);
            parts_.orders.find(order, home, tell);
        });
    };
    parts_.engine.read(shard, home, std::move(read));
}

void TicketDesk::draw(Paper paper, env::Executor& home, TextReply reply) {
    Place place(papers_waiting_, kPapersWaitingMax);
    if (!place.good)
        return answer<Drawn>(home, std::move(reply), Unexpected{records::store_busy()});
    papers_->post([this, paper = std::move(paper), &home, place = std::move(place),
                   reply = std::move(reply)]() mutable {
        auto drawn = drawer_.draw(paper);
        if (drawn) return answer<Drawn>(home, std::move(reply), std::move(*drawn));
        answer<Drawn>(home, std::move(reply),
                      Unexpected{records::StoreError{records::StoreTrouble::failed,
                                                     "paper: " + drawn.error()}});
    });
}

}  // namespace onsale::tickets
