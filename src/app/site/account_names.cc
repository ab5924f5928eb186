#include "site/account_names.h"

#include <algorithm>
#include <utility>

#include "statistics/wait_for.h"

namespace onsale::site {

records::StoreResult<std::vector<std::string>> AccountNames::names_of(
    std::span<const domain::PersonId> people) {
    using Answer = accounts::AccountResult<std::vector<std::string>>;
    std::vector<std::string> names;
    names.reserve(people.size());
    while (!people.empty()) {
        const auto part = people.first(std::min(people.size(), accounts::kNamesMax));
        people = people.subspan(part.size());
        auto answer = statistics::wait_for<Answer>([&](env::Executor& home, auto reply) {
            accounts_.profiles().names({part.begin(), part.end()}, home, std::move(reply));
        });
        if (!answer) {
            const bool busy = answer.error().refusal == accounts::AccountRefusal::busy;
            return base::Unexpected{records::StoreError{
                busy ? records::StoreTrouble::busy : records::StoreTrouble::failed,
                answer.error().message}};
        }
        std::ranges::move(*answer, std::back_inserter(names));
    }
    return names;
}

}  // namespace onsale::site
