// Record: what the crowd sent and was told, one line an answer, outside of where faults reach: the
// proof that nothing acknowledged was lost. A file of comma-separated values; times are
// microseconds of the machine's monotonic clock. It is written as answers come; after the crowd
// itself is killed only its last line may be cut off.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onsale::bench {

struct RecordLine {
    std::string_view key;
    std::int64_t sent_us = 0;
    std::int64_t answered_us = 0;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::uint32_t status = 0;  // 0: no answer came
    std::uint64_t order = 0;
    std::string_view code;
};

class Record {
  public:
    // Replaces the file. The error is a sentence.
    static base::Result<std::unique_ptr<Record>, std::string> create(const std::string& path);
    ~Record();
    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;

    void add(const RecordLine& line);
    // Hands everything to the kernel. False: the disk took it not.
    [[nodiscard]] bool flush();

  private:
    explicit Record(int file) : file_(file) {}
    int file_;
    std::string pending_;
};

}  // namespace onsale::bench
