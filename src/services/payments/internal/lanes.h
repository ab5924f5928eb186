// Lanes: the calls of each bank. A bank has a lane of its own, with its own threads, so one that is
// slow or away delays nobody else. What waits in a lane goes out in batches. A bank that cannot be
// reached is tried again with one call now and then, until it answers. Belongs to the agent's
// executor; banks are called on the lane's threads. After a crash nothing of it is left.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "env/environment.h"
#include "payments/bank.h"
#include "payments/limits.h"
#include "payments/tokens.h"
#include "telemetry/metrics.h"

namespace onsale::payments {

using BankFactory = std::function<std::unique_ptr<Bank>()>;

struct LaneItem {
    std::uint64_t key = 0;   // who asks: for the agent
    std::uint32_t turn = 0;  // likewise
    Ask ask = Ask::query;
    bool alone = false;       // in a call of its own
    std::uint64_t token = 0;  // to be fetched for the call; 0: none
    std::int64_t since_us = 0;
    BankItem item;
};
// refused: the call as a whole, with `alone` whether the item was alone in it. silent with `away`:
// the bank has not answered anything since it was last seen to be away.
enum class CallEnd : std::uint8_t { answered, silent, refused };
struct LaneResult {
    CallEnd end = CallEnd::silent;
    bool alone = false;
    bool away = false;
    BankAnswer answer;
};

class Lanes : public std::enable_shared_from_this<Lanes> {
  public:
    struct Parts {
        env::Environment& environment;
        env::Executor& home;  // the agent's
        Tokens& tokens;
        telemetry::Metrics& metrics;
        BankFactory make_bank;
    };
    using Told = std::function<void(domain::BankId, const LaneItem&, const LaneResult&)>;
    // The lane takes more again.
    using Room = std::function<void(domain::BankId)>;
    Lanes(Parts parts, Told told, Room room);

    // False: the bank is away, or enough waits for it.
    [[nodiscard]] bool takes(domain::BankId bank) const;
    void add(domain::BankId bank, LaneItem item);
    // Waits for calls that are under way, drops the rest. Not from its threads.
    void close();

  private:
    struct Slot {  // of one call at a time
        std::shared_ptr<std::unique_ptr<Bank>> bank = std::make_shared<std::unique_ptr<Bank>>();
        bool busy = false;
        std::unique_ptr<env::Executor> thread;
    };
    struct Lane {
        std::array<std::deque<LaneItem>, kAsks> waiting;
        std::size_t count = 0;
        std::size_t next_ask = 0;
        std::array<Slot, kCallsPerBank> slots;
        std::size_t under_way = 0;
        bool gathering = false;
        bool away = false;     // nobody is called before a pause has passed
        bool probing = false;  // then one call at a time, until one is answered
        telemetry::Gauge* lag = nullptr;
    };
    using Batch = std::vector<LaneItem>;

    Lane& lane_of(domain::BankId bank);
    void gather(domain::BankId bank, Lane& lane);
    void pump(domain::BankId bank);
    [[nodiscard]] Batch take(Lane& lane);
    void send(domain::BankId bank, Batch batch);
    void call(domain::BankId bank, Batch batch);
    void ended(domain::BankId bank, std::size_t slot, const Batch& batch,
               const Bank::Answers& answers);
    void put_back(domain::BankId bank, const Batch& batch);
    void rest(domain::BankId bank);

    Parts parts_;
    Told told_;
    Room room_;
    std::map<domain::BankId, Lane> lanes_;
};

}  // namespace onsale::payments
