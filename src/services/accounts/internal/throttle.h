// Throttle: holds back who tries too often, without locking anybody out. Attempts are counted by
// name and address together, by address, and by name; numbers and waits stand in limits.h. An
// address from which a person has logged in before is not held back by what others do to the name
// or from the address. Any thread may call it; nothing is kept after a crash. Bounded: what was
// not touched for the longest time is forgotten.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "accounts/limits.h"
#include "base/time.h"
#include "crypto/crypto.h"

namespace onsale::accounts {

// Counters by key. Not thread-safe.
class Counters {
  public:
    Counters(const ThrottleRule& rule, std::size_t entries_max)
        : rule_(rule), entries_max_(entries_max) {}

    // How long to wait before the next attempt; 0: none.
    [[nodiscard]] base::Duration wait(std::uint64_t key, base::Timestamp now) const;
    void add(std::uint64_t key, base::Timestamp now);
    // Takes one attempt back: it was none.
    void take_back(std::uint64_t key);
    void forget(std::uint64_t key);
    [[nodiscard]] bool holds(std::uint64_t key) const { return places_.contains(key); }
    [[nodiscard]] std::size_t size() const { return places_.size(); }

  private:
    struct Entry {
        std::uint64_t key = 0;
        std::int64_t count = 0;
        base::Timestamp last;
    };
    using Entries = std::list<Entry>;
    [[nodiscard]] base::Duration pause(std::int64_t count) const;

    const ThrottleRule rule_;
    const std::size_t entries_max_;
    Entries entries_;  // the one touched last in front
    boost::unordered_flat_map<std::uint64_t, Entries::iterator> places_;
};

class Throttle {
  public:
    explicit Throttle(const crypto::Key& key) : key_(key) {}

    // Counts the attempt as a failure until it turns out well, so that many at once get no further
    // than many one after another. Returns how long to wait; 0: go on.
    [[nodiscard]] base::Duration begin(std::string_view name, std::string_view address,
                                       base::Timestamp now);
    // The password was right: this address is known from now on.
    void succeeded(std::string_view name, std::string_view address);
    // Nothing was compared (busy): the attempt does not count.
    void withdrawn(std::string_view name, std::string_view address);

    // Each counts one; 0: go on.
    [[nodiscard]] base::Duration ask_code(std::string_view address, base::Timestamp now);
    [[nodiscard]] base::Duration ask_name(std::string_view address, base::Timestamp now);
    [[nodiscard]] base::Duration ask_registration(std::string_view address, base::Timestamp now);
    // Whether somebody of that name has logged in from there before.
    [[nodiscard]] bool knows(std::string_view name, std::string_view address);

  private:
    struct Keys {
        std::uint64_t pair = 0;
        std::uint64_t address = 0;
        std::uint64_t name = 0;
    };
    [[nodiscard]] std::uint64_t key_of(std::string_view text) const;
    [[nodiscard]] base::Duration ask(Counters& counters, std::string_view address,
                                     base::Timestamp now);
    [[nodiscard]] Keys keys_of(std::string_view name, std::string_view address) const;

    const crypto::Key key_;  // random: nobody can choose names that share a counter
    std::mutex mutex_;       // owns what follows
    Counters pairs_{kPairRule, kThrottleEntriesMax};
    Counters addresses_{kAddressRule, kThrottleEntriesMax};
    Counters names_{kNameRule, kThrottleEntriesMax};
    Counters known_{kPairRule, kKnownPlacesMax};  // of pairs that have logged in: presence only
    Counters codes_{kCodesRule, kThrottleEntriesMax};
    Counters questions_{kQuestionsRule, kThrottleEntriesMax};
    Counters registrations_{kRegistrationsRule, kThrottleEntriesMax};
};

// What counts as one address: of IPv6 its first 64 bits, which one household has.
[[nodiscard]] std::string_view network_of(std::string_view address);

}  // namespace onsale::accounts
