#include "rehearsal/figures.h"

#include <algorithm>

#include "rehearsal/limits.h"

namespace onsale::rehearsal {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;

// Whole seconds, as many as make the axis fit.
std::int64_t slice_for(std::int64_t end_us) {
    const auto most = static_cast<std::int64_t>(kSlicesMax);
    const std::int64_t seconds = (end_us + kSecondUs - 1) / kSecondUs;
    return std::max<std::int64_t>(1, (seconds + most - 1) / most) * kSecondUs;
}

std::uint64_t wait_of(std::int64_t us) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(us, 0));
}

}  // namespace

Figures::Figures(const Plan& plan, std::int64_t end_us)
    : plan_(plan),
      slice_us_(slice_for(end_us)),
      slices_(static_cast<std::size_t>(end_us / slice_us_) + 1),
      served_(plan.actors),
      first_order_(plan.arrival.size()) {
    people_.accounts = plan.arrival.size();
    bots_.accounts = plan.actors - plan.arrival.size();
    for (const auto at : plan.arrival) ++slice_at(at).arrived;
}

Slice& Figures::slice_at(std::int64_t at_us) {
    const auto index = static_cast<std::size_t>(std::max<std::int64_t>(at_us, 0) / slice_us_);
    return slices_[std::min(index, slices_.size() - 1)];
}

void Figures::sent(const Step& step) {
    ++requests_;
    if (step.action == Action::order) ++(plan_.is_bot(step.actor) ? bots_ : people_).orders_sent;
}

void Figures::answered(const Step& step, const Answer& answer) {
    Slice& slice = slice_at(answer.at_us);
    // 503 decides nothing and says so; every other 5xx leaves the outcome open.
    const bool open = answer.status == 0 || (answer.status >= 500 && answer.status != 503);
    if (open) {
        ++slice.failed;
        ++failed_;
        return;
    }
    if (step.action == Action::look) {
        ++slice.looks;
        slice.look_waits.add(wait_of(answer.wait_us));
        look_waits_.add(wait_of(answer.wait_us));
        return;
    }
    slice.order_waits.add(wait_of(answer.wait_us));
    order_waits_.add(wait_of(answer.wait_us));
    if (answer.status == 201) {
        accepted(step, slice);
    } else if (answer.status == 200) {
        ++slice.repeated;
    } else {
        ++slice.refused;
        const auto found = refusals_.find(answer.code);
        if (found != refusals_.end()) {
            ++found->second;
        } else if (refusals_.size() < kRefusalsMax) {
            refusals_.emplace(answer.code, 1);
        }
    }
    check_second_click(step, answer);
}

void Figures::accepted(const Step& step, Slice& slice) {
    const bool bot = plan_.is_bot(step.actor);
    Group& group = bot ? bots_ : people_;
    ++slice.accepted;
    slice.tickets += step.quantity;
    ++group.accepted;
    group.tickets += step.quantity;
    if (served_[step.actor]) return;
    served_[step.actor] = true;
    ++group.accounts_served;
    if (!bot) ++slice_at(plan_.arrival[step.actor]).served;
}

void Figures::check_second_click(const Step& step, const Answer& answer) {
    if (plan_.is_bot(step.actor) || answer.order == 0) return;
    std::uint64_t& first = first_order_[step.actor];
    if (first == 0) {
        first = answer.order;
        return;
    }
    ++second_clicks_;
    if (first != answer.order) ++doubled_;
}

std::uint64_t Figures::refused() const {
    std::uint64_t sum = 0;
    for (const auto& [code, count] : refusals_) sum += count;
    return sum;
}

}  // namespace onsale::rehearsal
