#include "bank/guard.h"

#include <string>

namespace onsale::bank {

Guard::Marks Guard::marks_of(const Who& who) const {
    const std::string name(who.name);
    return {crypto::keyed_hash(key_, name + '\n' + std::string(who.address)),
            crypto::keyed_hash(key_, name)};
}

bool Guard::is_over(Counts& counts, const Mark& mark, std::uint32_t max, base::Timestamp now) {
    const Count* found = counts.find(mark);
    if (found == nullptr) return false;
    if (now - found->since < kFailureWindow) return found->failures >= max;
    counts.erase(mark);
    return false;
}

void Guard::count(Counts& counts, const Mark& mark, base::Timestamp now) {
    ++counts.get_or_put(mark, Count{0, now}).failures;
}

bool Guard::has_to_wait(const Who& who, base::Timestamp now) {
    const Marks marks = marks_of(who);
    const std::lock_guard lock(mutex_);
    Tables& tables = tables_of(who);
    if (is_over(tables.pairs, marks.pair, kFailuresPerPlace, now)) return true;
    return is_over(tables.names, marks.name, kFailuresPerName, now) &&
           places_.find(marks.pair) == nullptr;
}

void Guard::failed(const Who& who, base::Timestamp now) {
    const Marks marks = marks_of(who);
    const std::lock_guard lock(mutex_);
    Tables& tables = tables_of(who);
    count(tables.pairs, marks.pair, now);
    count(tables.names, marks.name, now);
}

// The name's count stays: whoever guesses elsewhere is not helped by its owner's login.
void Guard::succeeded(const Who& who) {
    const Marks marks = marks_of(who);
    const std::lock_guard lock(mutex_);
    tables_of(who).pairs.erase(marks.pair);
    places_.get_or_put(marks.pair, true);
}

}  // namespace onsale::bank
