// Outbox: messages on their way out, sent one after another on an executor of their own and
// repeated with growing pauses when the other side is not there. Bounded: what does not fit is
// refused at once. Any thread may call it. After a crash: what waited is lost, so a sender of codes
// offers to send another.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "base/result.h"
#include "base/time.h"
#include "base/unique_function.h"
#include "env/environment.h"
#include "messages/limits.h"
#include "messages/message.h"
#include "messages/sender.h"
#include "telemetry/metrics.h"

namespace onsale::messages {

struct OutboxOptions {
    std::size_t waiting_max = kWaitingMax;
    base::Duration first_back_off = kFirstBackOff;
};

class Outbox {
  public:
    // Without a sender nothing can be sent, and can_send() says so.
    Outbox(env::Environment& environment, telemetry::Metrics& metrics,
           std::unique_ptr<Sender> sender, const OutboxOptions& options);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    [[nodiscard]] bool can_send(Kind kind) const;
    // False: too many wait, or nothing sends this kind; the message is dropped.
    [[nodiscard]] bool offer(Message message);
    // One attempt, behind what was offered before; `told` runs on the outbox's executor. For who
    // keeps the message and repeats it. False: as above, and `told` never comes.
    using Told = base::UniqueFunction<void(base::Result<void, SendError>)>;
    [[nodiscard]] bool try_once(Message message, Told told);

  private:
    [[nodiscard]] bool may_wait(Kind kind);
    void attempt(std::shared_ptr<const Message> message, int number);
    void give_up(const Message& message, const std::string& why);

    env::Clock& clock_;
    telemetry::Counter& sent_;
    telemetry::Counter& failed_;
    const OutboxOptions options_;
    std::unique_ptr<Sender> sender_;
    std::atomic<std::size_t> waiting_{0};
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::messages
