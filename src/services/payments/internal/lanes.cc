#include "payments/internal/lanes.h"

#include <algorithm>
#include <utility>

#include "telemetry/log.h"

namespace onsale::payments {
namespace {

constexpr std::size_t kThreadTasksMax = 16;
constexpr double kMicrosecondsPerSecond = 1e6;

std::string number_of(domain::BankId bank) {
    return std::to_string(bank.value());
}

}  // namespace

Lanes::Lanes(Parts parts, Told told, Room room)
    : parts_(std::move(parts)), told_(std::move(told)), room_(std::move(room)) {}

void Lanes::close() {
    for (auto& [bank, lane] : lanes_) {
        for (auto& slot : lane.slots) slot.thread->close();
    }
}

Lanes::Lane& Lanes::lane_of(domain::BankId bank) {
    const auto [found, is_new] = lanes_.try_emplace(bank);
    Lane& lane = found->second;
    if (!is_new) return lane;
    for (std::size_t i = 0; i < lane.slots.size(); ++i)
        lane.slots[i].thread = parts_.environment.make_executor(
            {"bank-" + number_of(bank) + "-" + std::to_string(i),
             "calls a bank and waits for its answer", kThreadTasksMax});
    lane.lag = &parts_.metrics.gauge("onsale_payments_lag_seconds",
                                     "how long what was last asked of a bank had waited for it",
                                     {{"bank", number_of(bank)}});
    return lane;
}

bool Lanes::takes(domain::BankId bank) const {
    const auto found = lanes_.find(bank);
    if (found == lanes_.end()) return true;
    return !found->second.away && found->second.count < kWaitingPerBankMax;
}

void Lanes::add(domain::BankId bank, LaneItem item) {
    Lane& lane = lane_of(bank);
    item.since_us = parts_.environment.clock().monotonic_us();
    auto& queue = lane.waiting[static_cast<std::size_t>(item.ask)];
    queue.push_back(std::move(item));
    ++lane.count;
    if (queue.size() >= kItemsPerCall) return pump(bank);
    gather(bank, lane);
}

void Lanes::gather(domain::BankId bank, Lane& lane) {
    if (std::exchange(lane.gathering, true)) return;
    parts_.home.post_after(kGatherPause, [self = weak_from_this(), bank] {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        alive->lane_of(bank).gathering = false;
        alive->pump(bank);
    });
}

void Lanes::pump(domain::BankId bank) {
    Lane& lane = lane_of(bank);
    const std::size_t calls_max = lane.probing ? 1 : kCallsPerBank;
    while (!lane.away && lane.count > 0 && lane.under_way < calls_max) {
        ++lane.under_way;
        send(bank, take(lane));
    }
}

// One kind of question after the other, so that none waits for all of another.
Lanes::Batch Lanes::take(Lane& lane) {
    while (lane.waiting[lane.next_ask].empty()) lane.next_ask = (lane.next_ask + 1) % kAsks;
    auto& queue = lane.waiting[lane.next_ask];
    lane.next_ask = (lane.next_ask + 1) % kAsks;
    Batch batch;
    while (!queue.empty() && batch.size() < kItemsPerCall) {
        const bool alone = queue.front().alone;
        if (alone && !batch.empty()) break;
        batch.push_back(std::move(queue.front()));
        queue.pop_front();
        if (alone) break;
    }
    lane.count -= batch.size();
    const auto waited_us = parts_.environment.clock().monotonic_us() - batch.front().since_us;
    lane.lag->set(static_cast<double>(waited_us) / kMicrosecondsPerSecond);
    return batch;
}

void Lanes::send(domain::BankId bank, Batch batch) {
    std::vector<std::uint64_t> hashes;
    for (const auto& item : batch)
        if (item.token != 0) hashes.push_back(item.token);
    if (hashes.empty()) return call(bank, std::move(batch));
    auto found = [self = weak_from_this(), bank,
                  batch = std::move(batch)](records::StoreResult<Tokens::Found> tokens) mutable {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        if (!tokens) {
            --alive->lane_of(bank).under_way;
            return alive->put_back(bank, batch);
        }
        // One that is not there (any more) is sent empty: the bank answers by the reference, or
        // says that it knows no such authorisation.
        for (auto& item : batch) {
            const auto token = tokens->find(item.token);
            if (token != tokens->end()) item.item.token = token->second;
        }
        alive->call(bank, std::move(batch));
    };
    parts_.tokens.find(std::move(hashes), parts_.home, std::move(found));
}

void Lanes::call(domain::BankId bank, Batch batch) {
    Lane& lane = lane_of(bank);
    const auto place = static_cast<std::size_t>(std::ranges::find(lane.slots, false, &Slot::busy) -
                                                lane.slots.begin());
    ONSALE_CHECK(place < lane.slots.size());
    Slot& slot = lane.slots[place];
    slot.busy = true;
    slot.thread->post([self = weak_from_this(), &home = parts_.home, make_bank = parts_.make_bank,
                       own = slot.bank, bank, place, batch = std::move(batch)]() mutable {
        if (*own == nullptr) *own = make_bank();
        std::vector<BankItem> items;
        for (auto& item : batch) items.push_back(item.item);
        auto answers = (*own)->ask(bank, batch.front().ask, items);
        home.post([self, bank, place, batch = std::move(batch), answers = std::move(answers)] {
            if (const auto alive = self.lock()) alive->ended(bank, place, batch, answers);
        });
    });
}

void Lanes::ended(domain::BankId bank, std::size_t slot, const Batch& batch,
                  const Bank::Answers& answers) {
    Lane& lane = lane_of(bank);
    lane.slots[slot].busy = false;
    --lane.under_way;
    if (!answers && answers.error().trouble == BankTrouble::unreachable) {
        if (!lane.probing)
            telemetry::log_warning("payments", "bank " + number_of(bank) +
                                                   " is waited for: " + answers.error().message);
        return put_back(bank, batch);
    }
    const bool silent = !answers && answers.error().trouble == BankTrouble::silent;
    LaneResult result;
    result.alone = batch.size() == 1;
    result.away = lane.probing && silent;
    if (lane.probing && !silent)
        telemetry::log_info("payments", "bank " + number_of(bank) + " answers again");
    lane.probing = result.away;
    if (!answers) result.end = silent ? CallEnd::silent : CallEnd::refused;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const bool answered = answers.has_value() && i < answers->size();
        if (answered) result.answer = (*answers)[i];
        if (answered) result.end = CallEnd::answered;
        told_(bank, batch[i], result);
    }
    if (result.away) return rest(bank);
    pump(bank);
    if (lane.count < kWaitingPerBankMax / 2) room_(bank);
}

// Nothing of it has happened: it waits where it stood.
void Lanes::put_back(domain::BankId bank, const Batch& batch) {
    Lane& lane = lane_of(bank);
    auto& queue = lane.waiting[static_cast<std::size_t>(batch.front().ask)];
    for (auto item = batch.rbegin(); item != batch.rend(); ++item) {
        queue.push_front(*item);
        queue.front().item.token.clear();
    }
    lane.count += batch.size();
    rest(bank);
}

// Nobody is called for a moment, then one call at a time until one is answered.
void Lanes::rest(domain::BankId bank) {
    Lane& lane = lane_of(bank);
    lane.probing = true;
    if (std::exchange(lane.away, true)) return;
    parts_.home.post_after(kBankAgainAfter, [self = weak_from_this(), bank] {
        const auto alive = self.lock();
        if (alive == nullptr) return;
        alive->lane_of(bank).away = false;
        alive->pump(bank);
        alive->room_(bank);
    });
}

}  // namespace onsale::payments
