// Beats: heartbeats to the merchants' sites, one a second, signed: they make this program an
// instance that the site pays through. A clean stop says so. One thread, which waits for answers; a
// site that does not answer holds the others' up by at most its deadline. Nothing to promise after
// a crash.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "bank/credentials.h"
#include "bank/faults.h"
#include "env/environment.h"
#include "http/client.h"

namespace onsale::bank {

struct BeatsOptions {
    std::string instance;  // random, of this process
    std::string url;       // where merchants reach us
    std::string public_url;
};

class Beats {
  public:
    Beats(Credentials& credentials, Faults& faults, env::Environment& environment);
    ~Beats();
    Beats(const Beats&) = delete;
    Beats& operator=(const Beats&) = delete;

    void start(const BeatsOptions& options);
    // Tells every site that this instance has gone. Waits for it, within the deadline.
    void stop();

    // accepted, refused, unreachable, or none.
    [[nodiscard]] std::string last_answer(const std::string& merchant) const;

  private:
    void beat();
    void tell_all(bool serving);
    std::string tell(const Merchant& merchant, bool serving);

    Credentials& credentials_;
    Faults& faults_;
    env::Clock& clock_;
    BeatsOptions options_;
    bool stopping_ = false;                 // the executor's
    std::unique_ptr<http::Client> client_;  // the executor's
    mutable std::mutex mutex_;
    std::map<std::string, std::string> answers_;  // guarded by mutex_
    std::unique_ptr<env::Executor> executor_;
};

}  // namespace onsale::bank
