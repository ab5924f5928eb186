// Tally: what a crowd was told, counted by kind and never mixed: accepted, repeated, each refusal
// by its code, failed. Belongs to the generator's one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/histogram.h"
#include "bench/response.h"

namespace onsale::bench {

enum class Verdict : std::uint8_t {
    accepted,  // 201
    repeated,  // 200: the same order again, or the person's own
    refused,   // an answer that decides: 4xx, and 503, which says that nothing was decided
    failed,    // no answer, or one that leaves the outcome open
};
[[nodiscard]] Verdict verdict_of(std::uint32_t status);

struct Issued {
    std::string code;
    std::uint64_t person = 0;
    auto operator<=>(const Issued&) const = default;
};

class Tally {
  public:
    explicit Tally(bool keeps_codes) : keeps_codes_(keeps_codes) {}

    void answered(std::uint64_t person, std::uint32_t status, const OrderAnswer& answer,
                  std::int64_t latency_us);
    void failed() { ++failed_; }
    void sent() { ++sent_; }
    void sent_late() { ++sent_late_; }

    [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
    [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
    [[nodiscard]] std::uint64_t refused() const;
    [[nodiscard]] std::uint64_t failures() const { return failed_; }
    [[nodiscard]] std::uint64_t requests() const { return sent_; }
    [[nodiscard]] std::uint64_t late() const { return sent_late_; }
    [[nodiscard]] const std::vector<std::pair<std::string, std::uint64_t>>& refusals() const {
        return refusals_;
    }
    [[nodiscard]] const Histogram& latency() const { return latency_; }
    [[nodiscard]] std::vector<Issued> issued() const { return issued_; }

  private:
    bool keeps_codes_;
    std::uint64_t accepted_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t sent_late_ = 0;
    std::vector<std::pair<std::string, std::uint64_t>> refusals_;  // few: looked through in order
    Histogram latency_;
    std::vector<Issued> issued_;
};

// Empty when every code went to one person and every person has one code; otherwise a sentence with
// an example.
[[nodiscard]] std::string shared_code(std::vector<Issued> issued);
// Empty when all answers were the same code; otherwise a sentence.
[[nodiscard]] std::string different_codes(const std::vector<Issued>& issued,
                                          std::uint64_t expected);

}  // namespace onsale::bench
