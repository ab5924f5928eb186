// MemoryWorld: a FileVfs on a MemoryFiles disk with a clock that stands still and numbers from a
// seed, and the power cut that ties them together. For tests only.
#pragma once

#include <memory>
#include <string>

#include "base/prng.h"
#include "sql/database.h"
#include "sql/file_vfs.h"
#include "sql/testing/memory_files.h"

namespace onsale::sql::testing {

class StandingClock final : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(1'795'000'000'000);
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return 0; }
};

class SeededEntropy final : public env::Entropy {
  public:
    explicit SeededEntropy(std::uint64_t seed) : prng_(seed) {}
    void fill(std::span<std::byte> out) override {
        for (std::byte& byte : out) byte = static_cast<std::byte>(prng_.below(256));
    }

  private:
    base::Prng prng_;
};

class MemoryWorld {
  public:
    explicit MemoryWorld(std::uint64_t seed = 1) : entropy_(seed) { start(); }

    MemoryFiles files;

    [[nodiscard]] OpenOptions options(const std::string& path = "/data/test.sqlite") const {
        OpenOptions options;
        options.path = path;
        options.vfs = kName;
        return options;
    }

    // The power goes. Connections that are still open can reach nothing and must be closed before
    // start().
    void power_cut(base::Prng* prng = nullptr) {
        vfs_->kill();
        files.power_cut(prng);
    }
    void start() {
        vfs_.reset();
        vfs_ = std::make_unique<FileVfs>(kName, files, clock_, entropy_);
    }
    FileVfs& vfs() { return *vfs_; }

  private:
    static constexpr const char* kName = "memory_world";
    StandingClock clock_;
    SeededEntropy entropy_;
    std::unique_ptr<FileVfs> vfs_;
};

}  // namespace onsale::sql::testing
