// Tally: what a crowd was told, counted by kind and never mixed: accepted, repeated, each refusal
// by its code, failed, and reads. Belongs to the generator's one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/histogram.h"

namespace onsale::bench {

enum class Verdict : std::uint8_t {
    accepted,  // 201
    repeated,  // 200: the same order again, or the person's own
    refused,   // an answer that decides: 4xx, and 503, which says that nothing was decided
    failed,    // no answer, or one that leaves the outcome open
    read,      // 200 or 304 to a request that changes nothing
};
[[nodiscard]] Verdict verdict_of(std::uint32_t status);  // of an order
[[nodiscard]] Verdict verdict_of_read(std::uint32_t status);

struct Issued {
    std::string code;
    std::uint64_t person = 0;
    auto operator<=>(const Issued&) const = default;
};

class Tally {
  public:
    // `code` is of a refusal.
    void answered(Verdict verdict, std::string_view code, std::int64_t latency_us);
    void lost() { ++failed_; }
    void issued(std::string_view code, std::uint64_t person);

    [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
    [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
    [[nodiscard]] std::uint64_t refused() const;
    [[nodiscard]] std::uint64_t failures() const { return failed_; }
    [[nodiscard]] std::uint64_t reads() const { return reads_; }
    [[nodiscard]] const std::vector<std::pair<std::string, std::uint64_t>>& refusals() const {
        return refusals_;
    }
    [[nodiscard]] const Histogram& latency() const { return latency_; }  // of all answers
    // Of those that were accepted, and of those that were refused, alone.
    [[nodiscard]] const Histogram& accepted_latency() const { return accepted_latency_; }
    [[nodiscard]] const Histogram& refused_latency() const { return refused_latency_; }
    [[nodiscard]] const std::vector<Issued>& issued() const { return issued_; }

  private:
    void refused(std::string_view code);

    std::uint64_t accepted_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t reads_ = 0;
    std::vector<std::pair<std::string, std::uint64_t>> refusals_;  // few: looked through in order
    Histogram latency_;
    Histogram accepted_latency_;
    Histogram refused_latency_;
    std::vector<Issued> issued_;
};

// Empty when every code went to one person and every person has one code; otherwise a sentence with
// an example.
[[nodiscard]] std::string shared_code(std::vector<Issued> issued);
// Empty when all answers were the same code; otherwise a sentence.
[[nodiscard]] std::string different_codes(const std::vector<Issued>& issued,
                                          std::uint64_t expected);

}  // namespace onsale::bench
