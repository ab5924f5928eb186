#include "shard/internal/group.h"

#include <utility>

namespace onsale::shard {

void answer_all(std::vector<Waiting> waiting) {
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
