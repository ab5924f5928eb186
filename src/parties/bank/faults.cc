#include "bank/faults.h"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include "bank/limits.h"
#include "base/prng.h"

namespace onsale::bank {
namespace {

constexpr std::uint32_t kSlowMsMax = 60'000;
constexpr std::uint32_t kSecondsMax = 7 * 24 * 3600;

bool is_nth(std::uint32_t every, std::uint64_t count) {
    return every != 0 && count % every == 0;
}

base::Prng draws(std::uint64_t seed, std::uint64_t number) {
    return base::Prng(seed * 0x9e3779b97f4a7c15ULL + number);
}

}  // namespace

FaultsBody Faults::settings() const {
    const std::lock_guard lock(mutex_);
    return settings_;
}

void Faults::set(const FaultsBody& settings) {
    const std::lock_guard lock(mutex_);
    settings_ = settings;
    replies_ = 0;
    deductions_ = 0;
    refunds_ = 0;
}

ReplyFault Faults::next_reply() {
    const std::lock_guard lock(mutex_);
    const std::uint64_t count = ++replies_;
    ReplyFault fault;
    fault.error = is_nth(settings_.error_every, count);
    fault.lose = is_nth(settings_.lose_reply_every, count);
    fault.bad_json = is_nth(settings_.bad_json_every, count);
    fault.wrong_amount = is_nth(settings_.wrong_amount_every, count);
    fault.wrong_currency = is_nth(settings_.wrong_currency_every, count);
    fault.slow = base::Duration::milliseconds(settings_.slow_ms);
    return fault;
}

bool Faults::refuses_next_deduction() {
    const std::lock_guard lock(mutex_);
    return is_nth(settings_.refuse_every, ++deductions_);
}

RefundFault Faults::next_refund() {
    const std::lock_guard lock(mutex_);
    auto prng = draws(settings_.seed, ++refunds_);
    RefundFault fault;
    fault.accepted_only = prng.chance(settings_.refunds_accepted_percent, 100);
    fault.declined = prng.chance(settings_.refunds_refused_percent, 100);
    fault.settled_after = base::Duration::seconds(settings_.refunds_settled_after_seconds);
    return fault;
}

CallbackFault Faults::of_callback(std::uint64_t event) const {
    const FaultsBody now = settings();
    auto prng = draws(now.seed, event);
    CallbackFault fault;
    fault.lost = prng.chance(now.callbacks_lost_percent, 100);
    const bool delayed = prng.chance(now.callbacks_delayed_percent, 100);
    const auto delay_ms = prng.below(now.callbacks_delay_seconds_max * 1000ULL + 1);
    if (delayed) fault.delay = base::Duration::milliseconds(static_cast<std::int64_t>(delay_ms));
    if (prng.chance(now.callbacks_repeated_percent, 100)) fault.repeats = now.callbacks_repeats;
    fault.wrong_amount = prng.chance(now.callbacks_wrong_amount_percent, 100);
    fault.wrong_currency = prng.chance(now.callbacks_wrong_currency_percent, 100);
    return fault;
}

FaultsBody settings_of(const FaultsWishBody& wish) {
    using namespace boost::mp11;
    using Settings = boost::describe::describe_members<FaultsBody, boost::describe::mod_public>;
    using Wishes = boost::describe::describe_members<FaultsWishBody, boost::describe::mod_public>;
    static_assert(mp_size<Settings>::value == mp_size<Wishes>::value);
    FaultsBody settings;
    mp_for_each<mp_iota<mp_size<Settings>>>([&](auto index) {
        using Setting = mp_at<Settings, decltype(index)>;
        using Wish = mp_at<Wishes, decltype(index)>;
        static_assert(std::string_view(Setting::name) == std::string_view(Wish::name));
        const auto& wanted = wish.*Wish::pointer;
        if (wanted) settings.*Setting::pointer = *wanted;
    });
    return settings;
}

std::optional<std::string_view> wrong_setting(const FaultsBody& settings) {
    if (settings.slow_ms > kSlowMsMax) return "slow_ms";
    if (settings.callbacks_repeats > kRepeatsMax) return "callbacks_repeats";
    if (settings.callbacks_delay_seconds_max > kSecondsMax) return "callbacks_delay_seconds_max";
    if (settings.refunds_settled_after_seconds > kSecondsMax) {
        return "refunds_settled_after_seconds";
    }
    if (settings.callbacks_lost_percent > 100) return "callbacks_lost_percent";
    if (settings.callbacks_delayed_percent > 100) return "callbacks_delayed_percent";
    if (settings.callbacks_repeated_percent > 100) return "callbacks_repeated_percent";
    if (settings.callbacks_wrong_amount_percent > 100) return "callbacks_wrong_amount_percent";
    if (settings.callbacks_wrong_currency_percent > 100) {
        return "callbacks_wrong_currency_percent";
    }
    if (settings.refunds_accepted_percent > 100) return "refunds_accepted_percent";
    if (settings.refunds_refused_percent > 100) return "refunds_refused_percent";
    return std::nullopt;
}

}  // namespace onsale::bank
