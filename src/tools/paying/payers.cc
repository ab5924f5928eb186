#include "paying/payers.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "paying/internal/line.h"

namespace onsale::paying {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t us_since(Clock::time_point from) {
    const auto passed = Clock::now() - from;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(
        0, std::chrono::duration_cast<std::chrono::microseconds>(passed).count()));
}

// What all threads share: which order is next, and since when.
struct Work {
    const PayersOptions& options;
    Clock::time_point start;
    std::atomic<std::uint64_t> next = 0;
    std::once_flag measured;
    const std::function<void()>& on_measured;
};

class Payer {
  public:
    explicit Payer(Work& work) : work_(work), site_(work.options.site_port) {
        for (const auto port : work.options.bank_ports) banks_.emplace_back(port);
    }

    void run() {
        const PayersOptions& options = work_.options;
        while (true) {
            const std::uint64_t number = work_.next.fetch_add(1);
            if (number >= options.orders || (options.interrupted && options.interrupted())) return;
            due_ = work_.start + std::chrono::microseconds(number * 1'000'000 / options.rate);
            std::this_thread::sleep_until(due_);
            counted_ = number >= options.warm_up;
            if (counted_) std::call_once(work_.measured, work_.on_measured);
            buy(number);
        }
    }

    PayersResult result;

  private:
    void buy(std::uint64_t number) {
        const PayersOptions& options = work_.options;
        const std::string& person = options.people[number % options.people.size()];
        const std::size_t bank = number % banks_.size();
        headers_ = fmt::format("{}Idempotency-Key: {}-{}\r\n", person, options.key_prefix, number);
        const Answer placed = site_.ask("/api/v1/orders", headers_,
                                        fmt::format(R"({{"campaign":{}}})", options.campaign));
        if (!is_good(placed, "placing")) return;
        const std::string order(value_of(placed.body, "id"));
        if (counted_) result.place_latency.add(us_since(due_));

        const auto granting = Clock::now();
        const auto& customers = options.customers[bank];
        const Answer granted = banks_[bank].ask(
            "/api/v1/me/authorisations", customers[number / banks_.size() % customers.size()],
            fmt::format(
                R"({{"merchant":"onsale","order":"{}","amount":{},"currency":"CNY","minutes":30}})",
                order, options.price_fen));
        if (!is_good(granted, "granting")) return;
        if (counted_) result.grant_latency.add(us_since(granting));
        if (counted_) ++result.placed;

        const Answer paid =
            site_.ask(fmt::format("/api/v1/orders/{}/payments", order), person,
                      fmt::format(R"({{"bank":{},"way":"token","token":"{}"}})",
                                  options.bank_numbers[bank], value_of(granted.body, "token")));
        if (!is_good(paid, "paying") || !counted_) return;
        ++result.paid;
        result.paid_latency.add(us_since(due_));
    }

    bool is_good(const Answer& answer, std::string_view what) {
        if (answer.status / 100 == 2) return true;
        if (result.first_trouble.empty())
            result.first_trouble = fmt::format("{}: {} {}", what, answer.status, answer.body);
        if (counted_) ++(answer.status / 100 == 4 ? result.refused : result.failed);
        return false;
    }

    Work& work_;
    Line site_;
    std::vector<Line> banks_;
    std::string headers_;
    Clock::time_point due_;
    bool counted_ = false;
};

void add(PayersResult& sum, const PayersResult& part) {
    sum.placed += part.placed;
    sum.paid += part.paid;
    sum.refused += part.refused;
    sum.failed += part.failed;
    if (sum.first_trouble.empty()) sum.first_trouble = part.first_trouble;
    sum.place_latency.merge(part.place_latency);
    sum.grant_latency.merge(part.grant_latency);
    sum.paid_latency.merge(part.paid_latency);
}

}  // namespace

PayersResult run_payers(const PayersOptions& options, const std::function<void()>& on_measured) {
    Work work{options, Clock::now() + std::chrono::milliseconds(50), {}, {}, on_measured};
    std::vector<std::unique_ptr<Payer>> payers;
    for (std::size_t i = 0; i < options.threads; ++i)
        payers.push_back(std::make_unique<Payer>(work));
    {
        std::vector<std::jthread> threads;
        for (auto& payer : payers) threads.emplace_back([&payer] { payer->run(); });
    }
    PayersResult sum;
    for (const auto& payer : payers) add(sum, payer->result);
    const auto first_due =
        work.start + std::chrono::microseconds(options.warm_up * 1'000'000 / options.rate);
    sum.elapsed_us = static_cast<std::int64_t>(us_since(first_due));
    return sum;
}

}  // namespace onsale::paying
