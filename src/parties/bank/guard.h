// Guard: who has to wait before the next password. Wrong ones are counted for each name and
// address, so that a stranger elsewhere closes nobody's account; and, more generously, for each
// name, so that many addresses do not make many guesses: that count does not hold an address back
// from which the name has logged in before. Names that exist and made-up ones have tables of their
// own and the same rules: made-up names displace nothing, and tell nothing. Any thread. After a
// crash everything is forgotten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "bank/limits.h"
#include "bank/oldest_out.h"
#include "base/time.h"
#include "crypto/crypto.h"

namespace onsale::bank {

class Guard {
  public:
    struct Who {
        std::string_view name;
        std::string_view address;
        bool exists = false;
    };

    // `key` is of this process: names and addresses are kept as keyed hashes only.
    explicit Guard(const crypto::Key& key) : key_(key) {}

    [[nodiscard]] bool has_to_wait(const Who& who, base::Timestamp now);
    void failed(const Who& who, base::Timestamp now);
    void succeeded(const Who& who);

  private:
    using Mark = std::array<std::byte, 16>;
    struct Count {
        std::uint32_t failures = 0;
        base::Timestamp since;
    };
    using Counts = OldestOut<Mark, Count>;
    struct Tables {
        Counts pairs{kFailuresMax};  // of a name and an address
        Counts names{kFailuresMax};
    };
    struct Marks {
        Mark pair;
        Mark name;
    };
    [[nodiscard]] Marks marks_of(const Who& who) const;
    Tables& tables_of(const Who& who) { return who.exists ? real_ : made_up_; }
    static bool is_over(Counts& counts, const Mark& mark, std::uint32_t max, base::Timestamp now);
    static void count(Counts& counts, const Mark& mark, base::Timestamp now);

    const crypto::Key key_;
    std::mutex mutex_;  // guards the following
    Tables real_;
    Tables made_up_;
    OldestOut<Mark, bool> places_{kPlacesMax};  // name and address of logins that were right
};

}  // namespace onsale::bank
