#include "bench/crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>
#include <vector>

#include "bench/internal/connections.h"
#include "bench/thread_times.h"

namespace onsale::bench {
namespace {

constexpr std::int64_t kReconnectEveryUs = 20'000;
constexpr std::int64_t kTryAgainAfterUs = 50'000;
constexpr std::int64_t kLateUs = 1000;
constexpr std::int64_t kWaitMaxUs = 20'000;
constexpr std::size_t kDueMax = 1'000'000;  // orders that are due and wait for a connection

std::int64_t now_us() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

struct Job {
    std::uint64_t person = 0;  // index
    std::uint32_t try_number = 0;
    std::int64_t due_us = 0;  // latency counts from here
    std::int64_t sent_us = 0;
    std::int64_t not_before_us = 0;
};

class Run {
  public:
    Run(const CrowdOptions& options, const PeopleRequests& people, Tally& tally, Record* record)
        : options_(options),
          people_(people),
          tally_(tally),
          record_(record),
          connections_(options.port, options.connections),
          jobs_(options.connections) {}

    base::Result<CrowdResult, std::string> run();

  private:
    [[nodiscard]] bool open_loop() const { return options_.rate_per_second > 0; }
    [[nodiscard]] bool finished() const;
    void make_due();
    [[nodiscard]] std::int64_t next_due_us() const;
    std::optional<Job> next_job();
    void assign();
    void start(std::size_t index, const Job& job);
    void reconnect();
    void ready(const epoll_event& event);
    void answer(std::size_t index, const Response& response);
    void lost(std::size_t index);
    void write_down(const Job& job, std::uint32_t status, const OrderAnswer& answer);
    [[nodiscard]] std::int64_t wait_us() const;

    const CrowdOptions& options_;
    const PeopleRequests& people_;
    Tally& tally_;
    Record* record_;
    Connections connections_;
    std::vector<Job> jobs_;  // of the busy connections
    std::vector<std::size_t> idle_;
    std::vector<std::size_t> closed_;
    std::deque<Job> due_;    // at a fixed rate: not sent yet
    std::deque<Job> again_;  // unknown outcomes
    std::uint64_t issued_ = 0;
    std::uint64_t in_flight_ = 0;
    std::int64_t start_us_ = 0;
    std::int64_t now_ = 0;
    std::int64_t last_answer_us_ = 0;
    std::int64_t reconnect_at_ = 0;
    CrowdResult result_;
};

bool Run::finished() const {
    const std::int64_t elapsed = now_ - start_us_;
    const bool in_time =
        open_loop() ? next_due_us() < options_.duration_us : elapsed < options_.duration_us;
    const bool sending = issued_ < options_.requests && in_time;
    if (sending) return false;
    if (in_flight_ == 0 && due_.empty() && again_.empty()) return true;
    return elapsed >= options_.duration_us + options_.patience_us;
}

// Orders go to one person after another; after the last the first tries again with another key.
void Run::make_due() {
    while (open_loop() && issued_ < options_.requests && due_.size() < kDueMax) {
        const std::int64_t due_us = next_due_us();
        // Whatever was due in time is sent, however late the generator itself has become.
        if (due_us >= options_.duration_us || start_us_ + due_us > now_) return;
        due_.push_back({issued_ % people_.count(),
                        static_cast<std::uint32_t>(issued_ / people_.count()), start_us_ + due_us,
                        0, 0});
        ++issued_;
    }
}

// When the next order is due at a fixed rate, from the start.
std::int64_t Run::next_due_us() const {
    return static_cast<std::int64_t>(issued_) * 1'000'000 / options_.rate_per_second;
}

std::optional<Job> Run::next_job() {
    if (!again_.empty() && again_.front().not_before_us <= now_) {
        const Job job = again_.front();
        again_.pop_front();
        ++result_.sent_again;
        return job;
    }
    if (open_loop()) {
        if (due_.empty()) return std::nullopt;
        const Job job = due_.front();
        due_.pop_front();
        if (now_ - job.due_us > kLateUs) tally_.sent_late();
        return job;
    }
    if (issued_ >= options_.requests || now_ - start_us_ >= options_.duration_us)
        return std::nullopt;
    const Job job{issued_ % people_.count(), static_cast<std::uint32_t>(issued_ / people_.count()),
                  now_, 0, 0};
    ++issued_;
    return job;
}

void Run::assign() {
    while (!idle_.empty()) {
        const auto job = next_job();
        if (!job) return;
        const std::size_t index = idle_.back();
        idle_.pop_back();
        start(index, *job);
    }
}

void Run::start(std::size_t index, const Job& job) {
    Connection& connection = connections_.at(index);
    people_.write(job.person, job.try_number, connection.out);
    connection.out_at = 0;
    connection.busy = true;
    jobs_[index] = job;
    jobs_[index].sent_us = now_;
    ++in_flight_;
    tally_.sent();
    if (connections_.send(index) == Io::lost) lost(index);
}

void Run::reconnect() {
    if (closed_.empty() || now_ < reconnect_at_) return;
    while (!closed_.empty()) {
        if (!connections_.open(closed_.back())) {
            reconnect_at_ = now_ + kReconnectEveryUs;
            return;
        }
        idle_.push_back(closed_.back());
        closed_.pop_back();
    }
}

void Run::write_down(const Job& job, std::uint32_t status, const OrderAnswer& answer) {
    if (record_ == nullptr) return;
    const std::string key = people_.key(job.person, job.try_number);
    record_->add({key, job.sent_us, now_, people_.person(job.person), options_.campaign, status,
                  answer.order,
                  verdict_of(status) == Verdict::refused ? std::string_view() : answer.code});
}

void Run::lost(std::size_t index) {
    const bool busy = connections_.at(index).busy;
    connections_.close(index);
    closed_.push_back(index);
    if (!busy) {
        std::erase(idle_, index);
        return;
    }
    --in_flight_;
    Job job = jobs_[index];
    tally_.failed();
    write_down(job, 0, {});
    if (!open_loop()) return;
    job.not_before_us = now_ + kTryAgainAfterUs;
    again_.push_back(job);
}

void Run::answer(std::size_t index, const Response& response) {
    Connection& connection = connections_.at(index);
    const Job job = jobs_[index];
    const OrderAnswer read = read_answer(response);
    tally_.answered(people_.person(job.person), response.status, read, now_ - job.due_us);
    write_down(job, response.status, read);
    last_answer_us_ = now_;
    if (open_loop() && verdict_of(response.status) == Verdict::failed) {
        again_.push_back(job);
        again_.back().not_before_us = now_ + kTryAgainAfterUs;
    }
    --in_flight_;
    connection.busy = false;
    connection.in.clear();
    if (response.keep_alive) {
        idle_.push_back(index);
    } else {
        connections_.close(index);
        closed_.push_back(index);
    }
}

void Run::ready(const epoll_event& event) {
    const auto index = static_cast<std::size_t>(event.data.u64);
    Connection& connection = connections_.at(index);
    if (connection.socket < 0) return;
    if ((event.events & EPOLLOUT) != 0 && connections_.send(index) == Io::lost) return lost(index);
    if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
    const Io io = connections_.receive(index);
    if (io == Io::later) return;
    if (io == Io::lost) return lost(index);
    Response response;
    const Parsed parsed = parse_response(connection.in, response);
    if (parsed == Parsed::incomplete) return;
    // More than one response to one request is nothing that a right server sends.
    if (parsed == Parsed::broken || !connection.busy || response.bytes != connection.in.size())
        return lost(index);
    answer(index, response);
}

std::int64_t Run::wait_us() const {
    if (!open_loop() || issued_ >= options_.requests) return kWaitMaxUs;
    return std::clamp<std::int64_t>(start_us_ + next_due_us() - now_, 0, kWaitMaxUs);
}

base::Result<CrowdResult, std::string> Run::run() {
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!connections_.open(i))
            return base::Unexpected{fmt::format("cannot connect to 127.0.0.1:{}", options_.port)};
        idle_.push_back(i);
    }
    const std::int64_t cpu_before = own_time_us();
    start_us_ = last_answer_us_ = now_ = now_us();
    while (!finished()) {
        make_due();
        assign();
        for (const epoll_event& event : connections_.wait(wait_us())) {
            now_ = now_us();
            ready(event);
            assign();
        }
        now_ = now_us();
        reconnect();
        if (record_ != nullptr && !record_->flush())
            return base::Unexpected{std::string("the record could not be written")};
    }
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (connections_.at(i).busy) write_down(jobs_[i], 0, {});
    }
    result_.elapsed_us = last_answer_us_ - start_us_;
    result_.own_cpu_us = own_time_us() - cpu_before;
    result_.unanswered = in_flight_ + again_.size();
    result_.never_sent = due_.size();
    return result_;
}

}  // namespace

base::Result<CrowdResult, std::string> run_crowd(const CrowdOptions& options,
                                                 const PeopleRequests& people, Tally& tally,
                                                 Record* record) {
    return Run(options, people, tally, record).run();
}

std::uint16_t local_port(std::string_view url) {
    constexpr std::string_view kHere = "http://127.0.0.1:";
    if (!url.starts_with(kHere)) return 0;
    url.remove_prefix(kHere.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(url.data(), url.data() + url.size(), port);
    return error == std::errc() && end == url.data() + url.size() ? port : std::uint16_t{0};
}

}  // namespace onsale::bench
