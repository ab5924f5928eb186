#include "bank/sender.h"

#include <algorithm>
#include <utility>

#include "bank/books/limits.h"
#include "bank/books/schema.h"
#include "bank/limits.h"
#include "bank/merchant_messages.h"
#include "bank/signed_post.h"
#include "http/curl_client.h"
#include "http/described.h"
#include "telemetry/log.h"

namespace onsale::bank {
namespace {

constexpr base::Duration kLook = base::Duration::milliseconds(100);
// Longer than carrying takes with all its repeats.
constexpr base::Duration kLease = base::Duration::minutes(10);

EventBody body_of_event(const books::Event& event, const CallbackFault& fault) {
    EventBody body;
    body.event = books::spell('E', event.number);
    body.kind = event.kind;
    body.reference = event.reference;
    body.refund = event.refund;
    body.status = event.status;
    if (event.transaction) body.transaction = books::spell('T', *event.transaction);
    body.order = event.order;
    body.amount = event.amount + (fault.wrong_amount ? 1 : 0);
    body.currency = fault.wrong_currency ? std::string_view("USD") : books::kCurrency;
    body.at = base::to_rfc3339(event.at);
    return body;
}

}  // namespace

struct Sender::Carrier {
    std::unique_ptr<http::Client> client;  // the executor's
    std::unique_ptr<env::Executor> executor;
};

Sender::Sender(Writer& writer, Credentials& credentials, Faults& faults,
               env::Environment& environment)
    : writer_(writer), credentials_(credentials), faults_(faults), environment_(environment) {
    for (std::size_t i = 0; i < kSenders; ++i) {
        auto carrier = std::make_unique<Carrier>();
        carrier->executor = environment.make_executor(
            {"bank-send-" + std::to_string(i), "carries callbacks to merchants", 1 << 16});
        carriers_.push_back(std::move(carrier));
    }
    executor_ = environment.make_executor(
        {"bank-callbacks", "looks for callbacks whose time has come", 64});
}

Sender::~Sender() {
    close();
}

void Sender::close() {
    executor_->close();
    for (const auto& carrier : carriers_) carrier->executor->close();
}

void Sender::start() {
    executor_->post([this] { look(); });
}

void Sender::look() {
    Writer::Work work;
    work.decide = [this](sql::Connection& connection) -> sql::SqlResult<env::Task> {
        ONSALE_TRY_ASSIGN(batches, take_due(connection));
        std::size_t events = 0;
        for (const auto& batch : batches) events += batch.size();
        const base::Duration wait = events == books::kEventsAtOnceMax ? base::Duration() : kLook;
        return env::Task([this, wait, batches = std::move(batches)]() mutable {
            hand_out(std::move(batches));
            executor_->post_after(wait, [this] { look(); });
        });
    };
    work.failed = [this] { executor_->post_after(kBeat, [this] { look(); }); };
    if (!writer_.post(std::move(work))) {
        executor_->post_after(kBeat, [this] { look(); });
    }
}

// Batches of one merchant each.
sql::SqlResult<std::vector<Sender::Batch>> Sender::take_due(sql::Connection& connection) {
    if (under_way_.load() >= kUnderWayMax) return std::vector<Batch>();
    const base::Timestamp now = environment_.clock().wall_now();
    ONSALE_TRY_ASSIGN(due, books::due_events(connection, now, books::kEventsAtOnceMax));
    std::vector<Batch> batches;
    for (auto& event : due) {
        ONSALE_TRY_ASSIGN(taken, take(connection, event, now));
        if (!taken) continue;
        const auto same = [&event](const Batch& batch) {
            return batch.front().merchant == event.merchant;
        };
        const auto found = std::ranges::find_if(batches, same);
        Batch& batch = found == batches.end() ? batches.emplace_back() : *found;
        batch.push_back(std::move(event));
    }
    return batches;
}

// Leases the event, unless it is to be lost or late on purpose: that is decided before its first
// try.
sql::SqlResult<bool> Sender::take(sql::Connection& connection, const books::Event& event,
                                  base::Timestamp now) {
    books::Mark mark{books::CallbackState::waiting, event.tries, now + kLease};
    bool taken = true;
    if (event.tries == 0) {
        const CallbackFault fault = faults_.of_callback(event.number);
        if (fault.lost) mark = {books::CallbackState::lost, 0, now};
        if (!fault.lost && event.at + fault.delay > now) mark.next_at = event.at + fault.delay;
        taken = !fault.lost && event.at + fault.delay <= now;
    }
    if (now - event.at > books::kCallbacksKept) {
        mark.state = books::CallbackState::given_up;
        taken = false;
        telemetry::log_warning("bank", "callback " + books::spell('E', event.number) +
                                           " was never acknowledged and is given up");
    }
    ONSALE_TRY(books::mark_event(connection, event.number, mark));
    return taken;
}

void Sender::hand_out(std::vector<Batch> batches) {
    for (auto& batch : batches) {
        for (const auto& event : batch) {
            if (event.tries != 0) continue;
            const std::uint32_t repeats = faults_.of_callback(event.number).repeats;
            for (std::uint32_t i = 0; i < repeats; ++i) give({event}, true);
        }
        give(std::move(batch), false);
    }
}

void Sender::give(Batch batch, bool repeat) {
    Carrier& carrier = *carriers_[next_++ % carriers_.size()];
    ++under_way_;
    carrier.executor->post([this, &carrier, repeat, batch = std::move(batch)] {
        if (repeat) {
            (void)post(carrier, batch);
        } else {
            carry(carrier, batch);
        }
        --under_way_;
    });
}

void Sender::carry(Carrier& carrier, const Batch& batch) {
    mark(batch, post(carrier, batch));
}

bool Sender::post(Carrier& carrier, const Batch& batch) {
    const auto merchants = credentials_.current();
    const Merchant* merchant = find_merchant(*merchants, batch.front().merchant);
    if (merchant == nullptr) return false;
    EventsBody body;
    for (const auto& event : batch) {
        body.events.push_back(body_of_event(event, faults_.of_callback(event.number)));
    }
    SignedPost call;
    call.path = "/api/v1/payments/callbacks/" + std::to_string(merchant->bank);
    call.body = http::to_json(body);
    call.deadline = kCallbackDeadline;
    if (!carrier.client) carrier.client = http::make_curl_client();
    const auto answer =
        carrier.client->call(sign(*merchant, std::move(call), environment_.clock().wall_now()));
    return answer && answer->status == 200;
}

void Sender::mark(const Batch& batch, bool acknowledged) {
    Writer::Work work;
    work.decide = [this, batch,
                   acknowledged](sql::Connection& connection) -> sql::SqlResult<env::Task> {
        const base::Timestamp now = environment_.clock().wall_now();
        for (const auto& event : batch) {
            books::Mark made{books::CallbackState::acknowledged, event.tries + 1, now};
            if (!acknowledged) {
                made.state = books::CallbackState::waiting;
                const std::uint64_t chance = environment_.entropy().next_u64();
                made.next_at = now + books::callback_wait(made.tries, chance);
            }
            ONSALE_TRY(books::mark_event(connection, event.number, made));
        }
        return env::Task();
    };
    // Where the writer has too much to do, the lease ends and they are carried again.
    (void)writer_.post(std::move(work));
}

}  // namespace onsale::bank
