#include "bench/record.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>

namespace onsale::bench {

base::Result<std::unique_ptr<Record>, std::string> Record::create(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return base::Unexpected{fmt::format("{}: {}", path, std::strerror(errno))};
    std::unique_ptr<Record> record(new Record(file));
    record->pending_ = "key,sent_us,answered_us,person,campaign,status,order,code\n";
    return record;
}

Record::~Record() {
    static_cast<void>(flush());
    ::close(file_);
}

void Record::add(const RecordLine& line) {
    fmt::format_to(std::back_inserter(pending_), "{},{},{},{},{},{},{},{}\n", line.key,
                   line.sent_us, line.answered_us, line.person, line.campaign, line.status,
                   line.order, line.code);
}

bool Record::flush() {
    std::size_t at = 0;
    while (at < pending_.size()) {
        const auto written = ::write(file_, pending_.data() + at, pending_.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        at += static_cast<std::size_t>(written);
    }
    pending_.clear();
    return true;
}

}  // namespace onsale::bench
