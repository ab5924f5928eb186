// Trial: one plan carried out against one site on this machine, from people and campaigns that are
// made for it to the outcome. Belongs to one thread and blocks it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "trial/outcome.h"
#include "trial/stage.h"

namespace onsale::trial {

// The site under test.
struct Site {
    std::uint16_t port = 0;  // of 127.0.0.1
    std::int64_t pid = 0;    // whose threads are accounted for; 0: unknown
    crypto::Key master{};    // tokens are made with it
    std::string data;
};

// What is said while a run goes on, about four times a second.
struct Moment {
    std::int64_t elapsed_us = 0;  // warm-up included
    std::int64_t all_us = 0;
    std::uint64_t orders = 0;  // accepted so far
    std::uint64_t answers = 0;
    std::uint64_t p99_us = 0;  // so far
};
struct Watch {
    Progress preparing;
    std::function<void(const Moment&)> running;
    std::function<bool()> interrupted;  // true ends the run; may be empty
};

class Trials {
  public:
    // `people`: whose orders they are; where the count is 0, new ones are imported as they are
    // needed. `now`: of the wall clock, read again for every run, so that tokens are new.
    Trials(Site site, Stage& stage, People people, std::function<base::Timestamp()> now)
        : site_(std::move(site)), stage_(stage), people_(people), now_(std::move(now)) {}

    [[nodiscard]] base::Result<Outcome, std::string> run(const Plan& plan, const Watch& watch);

  private:
    [[nodiscard]] base::Result<People, std::string> people_for(const Plan& plan,
                                                               const Progress& progress);

    const Site site_;
    Stage& stage_;
    const People people_;
    People imported_;
    const std::function<base::Timestamp()> now_;
};

}  // namespace onsale::trial
