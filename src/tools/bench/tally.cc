#include "bench/tally.h"

#include <fmt/format.h>

#include <algorithm>

namespace onsale::bench {

Verdict verdict_of(std::uint32_t status) {
    if (status == 201) return Verdict::accepted;
    if (status == 200) return Verdict::repeated;
    if (status == 503 || (status >= 400 && status < 500)) return Verdict::refused;
    return Verdict::failed;
}

Verdict verdict_of_read(std::uint32_t status) {
    if (status == 200 || status == 304) return Verdict::read;
    if (status == 503 || (status >= 400 && status < 500)) return Verdict::refused;
    return Verdict::failed;
}

void Tally::answered(Verdict verdict, std::string_view code, std::int64_t latency_us) {
    const auto latency = static_cast<std::uint64_t>(std::max<std::int64_t>(0, latency_us));
    latency_.add(latency);
    switch (verdict) {
        case Verdict::accepted:
            ++accepted_;
            accepted_latency_.add(latency);
            break;
        case Verdict::repeated:
            ++repeated_;
            break;
        case Verdict::failed:
            ++failed_;
            break;
        case Verdict::read:
            ++reads_;
            break;
        case Verdict::refused:
            refused(code);
            refused_latency_.add(latency);
            break;
    }
}

void Tally::refused(std::string_view code) {
    for (auto& [known, count] : refusals_) {
        if (known != code) continue;
        ++count;
        return;
    }
    refusals_.emplace_back(std::string(code), 1);
}

void Tally::issued(std::string_view code, std::uint64_t person) {
    if (!code.empty()) issued_.push_back({std::string(code), person});
}

std::uint64_t Tally::refused() const {
    std::uint64_t sum = 0;
    for (const auto& [code, count] : refusals_) sum += count;
    return sum;
}

std::string shared_code(std::vector<Issued> issued) {
    std::ranges::sort(issued);
    issued.erase(std::unique(issued.begin(), issued.end()), issued.end());
    for (std::size_t i = 1; i < issued.size(); ++i) {
        if (issued[i].code != issued[i - 1].code) continue;
        return fmt::format("persons {} and {} got the same code", issued[i - 1].person,
                           issued[i].person);
    }
    std::ranges::sort(issued, {}, &Issued::person);
    for (std::size_t i = 1; i < issued.size(); ++i) {
        if (issued[i].person == issued[i - 1].person)
            return fmt::format("person {} got two codes", issued[i].person);
    }
    return {};
}

std::string different_codes(const std::vector<Issued>& issued, std::uint64_t expected) {
    if (issued.size() != expected)
        return fmt::format("{} of {} answers have a code", issued.size(), expected);
    for (const Issued& one : issued) {
        if (one.code != issued.front().code)
            return fmt::format("person {} got different codes", one.person);
    }
    return {};
}

}  // namespace onsale::bench
