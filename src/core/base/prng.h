// Prng: a small reproducible generator for simulation, tests and jitter. Not for secrets
// (env::Entropy is). Algorithm: xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded through
// splitmix64.
#pragma once

#include <cstdint>

#include "base/check.h"

namespace onsale::base {

class Prng {
  public:
    explicit constexpr Prng(std::uint64_t seed) {
        for (auto& word : state_) {
            seed += 0x9e3779b97f4a7c15ULL;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
            word = z ^ (z >> 31);
        }
    }

    constexpr std::uint64_t next() {
        const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
        const std::uint64_t t = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotate(state_[3], 45);
        return result;
    }

    // Uniform in [0, bound); bound > 0. (Lemire 2019, without the rejection step: the bias is below
    // bound / 2^64.)
    constexpr std::uint64_t below(std::uint64_t bound) {
        ONSALE_CHECK(bound > 0);
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }

    // True in `numerator` of `denominator` cases.
    constexpr bool chance(std::uint64_t numerator, std::uint64_t denominator) {
        return below(denominator) < numerator;
    }

  private:
    static constexpr std::uint64_t rotate(std::uint64_t x, int k) {
        return (x << k) | (x >> (64 - k));
    }
    std::uint64_t state_[4] = {};
};

}  // namespace onsale::base
