// Sender: carries callbacks to merchants' sites, again and again until they are acknowledged or
// three days have passed. What is being carried is leased in the books for a while, so that nothing
// is carried twice at once, and a restart carries it again. A few threads, so that one slow site
// does not hold the others up. Faults on purpose happen here.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bank/books/callbacks.h"
#include "bank/credentials.h"
#include "bank/faults.h"
#include "bank/writer.h"
#include "env/environment.h"
#include "http/client.h"

namespace onsale::bank {

class Sender {
  public:
    Sender(Writer& writer, Credentials& credentials, Faults& faults, env::Environment& environment);
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    void start();
    // Nothing is begun after it, and what is under way has ended.
    void close();

  private:
    using Batch = std::vector<books::Event>;
    struct Carrier;

    void look();
    sql::SqlResult<std::vector<Batch>> take_due(sql::Connection& connection);
    sql::SqlResult<bool> take(sql::Connection& connection, const books::Event& event,
                              base::Timestamp now);
    void hand_out(std::vector<Batch> batches);
    void give(Batch batch, bool repeat);
    void carry(Carrier& carrier, const Batch& batch);
    bool post(Carrier& carrier, const Batch& batch);
    void mark(const Batch& batch, bool acknowledged);

    Writer& writer_;
    Credentials& credentials_;
    Faults& faults_;
    env::Environment& environment_;
    std::size_t next_ = 0;  // the writer's: which carrier is next
    // Batches that carriers have; from kUnderWayMax on nothing more is taken.
    std::atomic<std::size_t> under_way_ = 0;
    std::vector<std::unique_ptr<Carrier>> carriers_;
    std::unique_ptr<env::Executor> executor_;
};

}  // namespace onsale::bank
