// Payers: buyers at work, each thread one of them at a time: places an order, grants its price at a
// bank, and hands the bank's token in. An order is due at its time, whatever happened to the one
// before, and latency counts from then.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/histogram.h"

namespace onsale::paying {

struct PayersOptions {
    std::uint16_t site_port = 0;
    std::vector<std::uint16_t> bank_ports;
    std::vector<std::uint64_t> bank_numbers;
    std::vector<std::vector<std::string>> customers;  // header lines, by bank
    std::vector<std::string> people;                  // header lines with a person's login
    std::uint64_t campaign = 0;
    std::int64_t price_fen = 0;
    std::string key_prefix;
    std::size_t threads = 64;
    std::uint64_t rate = 2000;  // orders a second, of all threads
    std::uint64_t warm_up = 0;  // so many orders are not counted
    std::uint64_t orders = 0;   // with them
    std::function<bool()> interrupted;
};

struct PayersResult {
    std::int64_t elapsed_us = 0;  // from when the first counted order was due to the last answer
    std::uint64_t placed = 0;     // all of them counted orders
    std::uint64_t paid = 0;
    std::uint64_t refused = 0;  // 4xx
    std::uint64_t failed = 0;   // anything else
    std::string first_trouble;
    bench::Histogram place_latency;  // microseconds
    bench::Histogram grant_latency;
    bench::Histogram paid_latency;  // of the whole way, from when the order was due
};

[[nodiscard]] PayersResult run_payers(const PayersOptions& options,
                                      const std::function<void()>& on_measured);

}  // namespace onsale::paying
