// Faults on purpose: what a teller has asked to go wrong, for tests of the other side. What goes
// wrong follows from the settings, their seed, and the number of the event or request since the
// settings changed, so that a test repeats. Any thread. The settings are kept in the books.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>

#include "bank/teller_messages.h"
#include "base/time.h"

namespace onsale::bank {

// What happens to one answer to a merchant, after what it tells of was done.
struct ReplyFault {
    bool error = false;
    bool lose = false;
    bool bad_json = false;
    bool wrong_amount = false;
    bool wrong_currency = false;
    base::Duration slow;
};

struct CallbackFault {
    bool lost = false;
    base::Duration delay;
    std::uint32_t repeats = 0;
    bool wrong_amount = false;
    bool wrong_currency = false;
};

struct RefundFault {
    bool accepted_only = false;
    bool declined = false;
    base::Duration settled_after;
};

class Faults {
  public:
    [[nodiscard]] FaultsBody settings() const;
    void set(const FaultsBody& settings);  // counting begins again

    [[nodiscard]] ReplyFault next_reply();
    [[nodiscard]] bool refuses_next_deduction();
    [[nodiscard]] RefundFault next_refund();
    [[nodiscard]] CallbackFault of_callback(std::uint64_t event) const;

  private:
    mutable std::mutex mutex_;
    FaultsBody settings_;
    std::uint64_t replies_ = 0;
    std::uint64_t deductions_ = 0;
    std::uint64_t refunds_ = 0;
};

// The settings that a wish means.
[[nodiscard]] FaultsBody settings_of(const FaultsWishBody& wish);
// The name of the first setting that makes no sense; nothing if all do.
[[nodiscard]] std::optional<std::string_view> wrong_setting(const FaultsBody& settings);

}  // namespace onsale::bank
