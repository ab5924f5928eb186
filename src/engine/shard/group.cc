#include "shard/internal/group.h"

#include <utility>

#include "base/mutant.h"

namespace onsale::shard {
namespace {

constexpr bool kForgets = base::kMutant == base::Mutant::answer_forgotten;

bool is_forgotten(const Waiting& one) {
    const auto* reply = std::get_if<WaitingReply>(&one.what);
    return reply != nullptr && domain::number_of(reply->answer.outcome.order.id) % 100 == 7;
}

}  // namespace

void answer_all(std::vector<Waiting> waiting) {
    if (kForgets) std::erase_if(waiting, is_forgotten);
    std::vector<std::pair<env::Executor*, std::vector<Waiting>>>
        by_home;  // a handful of event loops
    for (auto& one : waiting) {
        auto place = by_home.begin();
        while (place != by_home.end() && place->first != one.home) ++place;
        if (place == by_home.end()) {
            by_home.emplace_back(one.home, std::vector<Waiting>{});
            place = by_home.end() - 1;
        }
        place->second.push_back(std::move(one));
    }
    for (auto& [home, callers] : by_home) {
        home->post([callers = std::move(callers)]() mutable {
            for (auto& caller : callers) caller.run();
        });
    }
}

}  // namespace onsale::shard
