#include "accounts/internal/throttle.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace onsale::accounts {

// The first `free` attempts cost nothing; the one after them waits `first`, each further one twice
// as long.
base::Duration Counters::pause(std::int64_t count) const {
    if (count < rule_.free) return {};
    const std::int64_t doublings = std::min<std::int64_t>(count - rule_.free, 30);
    return base::Duration::milliseconds(
        std::min(rule_.first.count_ms() << doublings, rule_.longest.count_ms()));
}

base::Duration Counters::wait(std::uint64_t key, base::Timestamp now) const {
    const auto found = places_.find(key);
    if (found == places_.end()) return {};
    const Entry& entry = *found->second;
    if (now - entry.last >= rule_.quiet) return {};
    const base::Timestamp free_at = entry.last + pause(entry.count);
    return free_at > now ? free_at - now : base::Duration();
}

void Counters::add(std::uint64_t key, base::Timestamp now) {
    const auto found = places_.find(key);
    if (found == places_.end()) {
        if (entries_.size() >= entries_max_) {
            places_.erase(entries_.back().key);
            entries_.pop_back();
        }
        entries_.push_front({key, 1, now});
        places_[key] = entries_.begin();
        return;
    }
    Entry& entry = *found->second;
    entry.count = now - entry.last >= rule_.quiet ? 1 : entry.count + 1;
    entry.last = now;
    entries_.splice(entries_.begin(), entries_, found->second);
}

void Counters::take_back(std::uint64_t key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    if (--found->second->count <= 0) forget(key);
}

void Counters::forget(std::uint64_t key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    entries_.erase(found->second);
    places_.erase(found);
}

std::string_view network_of(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return address;
    std::size_t end = 0;
    for (int groups = 0; groups < 4; ++groups) {
        const std::size_t colon = address.find(':', end);
        // An abbreviation within the first groups: what stands before it is shorter than 64 bits.
        if (colon == std::string_view::npos || colon == end) return address.substr(0, end);
        end = colon + 1;
    }
    return address.substr(0, end);
}

std::uint64_t Throttle::key_of(std::string_view text) const {
    const auto hash = crypto::keyed_hash(key_, text);
    std::uint64_t key = 0;
    std::memcpy(&key, hash.data(), sizeof key);
    return key;
}

Throttle::Keys Throttle::keys_of(std::string_view name, std::string_view address) const {
    const std::string network(network_of(address));
    return {key_of(std::string(name) + '\n' + network), key_of(network), key_of(name)};
}

base::Duration Throttle::begin(std::string_view name, std::string_view address,
                               base::Timestamp now) {
    const Keys keys = keys_of(name, address);
    const std::lock_guard lock(mutex_);
    base::Duration wait = pairs_.wait(keys.pair, now);
    const bool known = known_.holds(keys.pair);
    if (!known) {
        wait = std::max({wait, addresses_.wait(keys.address, now), names_.wait(keys.name, now)});
    }
    if (wait > base::Duration()) return wait;
    pairs_.add(keys.pair, now);
    addresses_.add(keys.address, now);
    names_.add(keys.name, now);
    return {};
}

void Throttle::succeeded(std::string_view name, std::string_view address) {
    const Keys keys = keys_of(name, address);
    const std::lock_guard lock(mutex_);
    pairs_.forget(keys.pair);
    addresses_.take_back(keys.address);
    names_.take_back(keys.name);
    known_.add(keys.pair, base::Timestamp());
}

void Throttle::withdrawn(std::string_view name, std::string_view address) {
    const Keys keys = keys_of(name, address);
    const std::lock_guard lock(mutex_);
    pairs_.take_back(keys.pair);
    addresses_.take_back(keys.address);
    names_.take_back(keys.name);
}

bool Throttle::knows(std::string_view name, std::string_view address) {
    const Keys keys = keys_of(name, address);
    const std::lock_guard lock(mutex_);
    return known_.holds(keys.pair);
}

base::Duration Throttle::ask(Counters& counters, std::string_view address, base::Timestamp now) {
    const std::uint64_t key = key_of(network_of(address));
    const std::lock_guard lock(mutex_);
    const base::Duration wait = counters.wait(key, now);
    if (wait == base::Duration()) counters.add(key, now);
    return wait;
}

base::Duration Throttle::ask_code(std::string_view address, base::Timestamp now) {
    return ask(codes_, address, now);
}

base::Duration Throttle::ask_name(std::string_view address, base::Timestamp now) {
    return ask(questions_, address, now);
}

base::Duration Throttle::ask_registration(std::string_view address, base::Timestamp now) {
    return ask(registrations_, address, now);
}

}  // namespace onsale::accounts
