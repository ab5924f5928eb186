// Plan: who does what and when in a rehearsal, made from a seed before the sale opens. People come
// in a burst that decays: look at the page, reload it, order, click a second time with the same
// key; some are slow. A bot has one address and several accounts, and orders without a pause, each
// time with a new key. Plain values and one pure function, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace onsale::rehearsal {

struct Audience {
    std::uint64_t people = 2000;
    std::uint64_t bots = 20;
    std::int64_t duration_us = 60'000'000;  // in which people arrive
    double peak_per_second = 0;  // people arriving at the opening; 0: as fits a decay of a sixth
    std::uint64_t seed = 1;
    std::uint32_t tiers = 1;        // among which people choose
    std::uint32_t tickets_max = 1;  // that an order may have
};

enum class Action : std::uint8_t { look, order };
enum class Pace : std::uint8_t { quick, slow };  // slow: the request is sent in two halves

struct Step {
    std::int64_t at_us = 0;  // since the opening
    std::uint32_t actor = 0;
    std::uint16_t key = 0;  // of an order; the same actor and key are the same order again
    Action action = Action::look;
    Pace pace = Pace::quick;
    std::uint8_t tier = 0;  // which one of the campaign's
    std::uint8_t quantity = 1;
    bool operator==(const Step&) const = default;
};

struct Plan {
    std::vector<Step> steps;            // by time
    std::vector<std::int64_t> arrival;  // of each of the people; actors from here on are bots'
    std::uint64_t actors = 0;

    [[nodiscard]] bool is_bot(std::uint32_t actor) const { return actor >= arrival.size(); }
};

// The error is a sentence: what cannot be played.
[[nodiscard]] base::Result<Plan, std::string> make_plan(const Audience& audience);

// The address of this machine that an actor calls from, host byte order: people have one each, the
// accounts of a bot share one.
[[nodiscard]] std::uint32_t address_of(const Plan& plan, std::uint32_t actor);

}  // namespace onsale::rehearsal
