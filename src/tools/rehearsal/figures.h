// Figures: what a rehearsal's crowd was told, over time and by group. Fed by the crowd's one
// thread, read by it for progress and by the report afterwards. A plain value of bounded size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/histogram.h"
#include "rehearsal/plan.h"

namespace onsale::rehearsal {

struct Answer {
    std::uint32_t status = 0;  // 0: none came
    std::uint64_t order = 0;
    std::string_view code;     // of a refusal
    std::int64_t at_us = 0;    // since the opening
    std::int64_t wait_us = 0;  // since it was due, or for a slow client since all of it was sent
};

// A part of the time axis.
struct Slice {
    std::uint64_t arrived = 0;  // people, by when they came
    std::uint64_t served = 0;   // those of them who have an order in the end
    std::uint64_t looks = 0;    // answers, by when they came
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    std::uint64_t tickets = 0;
    bench::Histogram look_waits;
    bench::Histogram order_waits;
};

struct Group {
    std::uint64_t accounts = 0;
    std::uint64_t orders_sent = 0;
    std::uint64_t accepted = 0;
    std::uint64_t tickets = 0;
    std::uint64_t accounts_served = 0;
};

class Figures {
  public:
    Figures(const Plan& plan, std::int64_t end_us);

    void sent(const Step& step);
    void answered(const Step& step, const Answer& answer);

    [[nodiscard]] std::int64_t slice_us() const { return slice_us_; }
    [[nodiscard]] const std::vector<Slice>& slices() const { return slices_; }
    [[nodiscard]] const Group& people() const { return people_; }
    [[nodiscard]] const Group& bots() const { return bots_; }
    [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& refusals() const {
        return refusals_;
    }
    [[nodiscard]] const bench::Histogram& look_waits() const { return look_waits_; }
    [[nodiscard]] const bench::Histogram& order_waits() const { return order_waits_; }
    // Requests with a key that had an answer already, and those among them that made or named
    // another order than the first: that must never be.
    [[nodiscard]] std::uint64_t second_clicks() const { return second_clicks_; }
    [[nodiscard]] std::uint64_t doubled() const { return doubled_; }
    [[nodiscard]] std::uint64_t failed() const { return failed_; }
    [[nodiscard]] std::uint64_t requests() const { return requests_; }
    [[nodiscard]] std::uint64_t tickets() const { return people_.tickets + bots_.tickets; }
    [[nodiscard]] std::uint64_t accepted() const { return people_.accepted + bots_.accepted; }
    [[nodiscard]] std::uint64_t refused() const;

  private:
    Slice& slice_at(std::int64_t at_us);
    void accepted(const Step& step, Slice& slice);
    void check_second_click(const Step& step, const Answer& answer);

    const Plan& plan_;
    std::int64_t slice_us_;
    std::vector<Slice> slices_;
    Group people_;
    Group bots_;
    std::map<std::string, std::uint64_t, std::less<>> refusals_;
    bench::Histogram look_waits_;
    bench::Histogram order_waits_;
    std::uint64_t second_clicks_ = 0;
    std::uint64_t doubled_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t requests_ = 0;
    std::vector<bool> served_;                // by actor
    std::vector<std::uint64_t> first_order_;  // of each of the people: they have one key each
};

}  // namespace onsale::rehearsal
