#include "bench/crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <deque>
#include <optional>
#include <vector>

#include "bench/internal/connections.h"
#include "bench/thread_times.h"

namespace onsale::bench {
namespace {

constexpr std::int64_t kReconnectEveryUs = 20'000;
constexpr std::int64_t kTryAgainAfterUs = 50'000;
constexpr std::int64_t kTickUs = 20'000;
constexpr std::size_t kDueMax = 1'000'000;  // requests that are due and wait for a connection

// At high rates the crowd looks at its sockets when about so many requests have become due, and
// rests in between, so that one look serves many of them. It makes latencies longer by up to as
// much, never shorter.
constexpr std::int64_t kRequestsPerLook = 20;
constexpr std::int64_t kLookUsMin = 200;
constexpr std::int64_t kLookUsMax = 500;
constexpr std::int64_t kHighRate = 5000;
constexpr std::uint64_t kSendsPerClock = 16;

std::int64_t now_us() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

void rest_until(std::int64_t until_us) {
    timespec time{};
    time.tv_sec = until_us / 1'000'000;
    time.tv_nsec = until_us % 1'000'000 * 1000;
    static_cast<void>(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr));
}

// 0: at every event, for rates so low that this costs little.
std::int64_t look_every_us(const CrowdOptions& options) {
    const std::int64_t rate = options.rate_per_second;
    if (rate < kHighRate) return 0;
    return std::clamp(kRequestsPerLook * 1'000'000 / rate, kLookUsMin, kLookUsMax);
}

struct Job {
    std::uint64_t number = 0;
    std::int64_t due_us = 0;  // latency counts from here
    std::int64_t sent_us = 0;
    std::int64_t not_before_us = 0;
    bool unknown = false;              // it may have been decided already
    std::uint32_t impatient_left = 0;  // how often it may still be sent again when turned away
};

class Run {
  public:
    Run(const CrowdOptions& options, Load& load)
        : options_(options),
          load_(load),
          connections_(options.port, options.connections),
          jobs_(options.connections),
          end_us_(options.warm_up_us + options.duration_us),
          look_us_(look_every_us(options)) {}

    base::Result<CrowdResult, std::string> run();

  private:
    [[nodiscard]] bool open_loop() const { return options_.rate_per_second > 0; }
    [[nodiscard]] bool finished() const;
    [[nodiscard]] Phase phase(const Job& job) const {
        return job.due_us - start_us_ < options_.warm_up_us ? Phase::warm_up : Phase::measured;
    }
    [[nodiscard]] Exchange exchange(const Job& job) const {
        return {job.number, phase(job), job.due_us, job.sent_us, now_};
    }
    void make_due();
    [[nodiscard]] std::int64_t next_due_us() const;
    std::optional<Job> next_job();
    void assign();
    void start(std::size_t index, const Job& job);
    void reconnect();
    void ready(const epoll_event& event);
    void receive(std::size_t index);
    void answer(std::size_t index, const Response& response);
    void free(std::size_t index, bool keep_alive);
    void lost(std::size_t index);
    [[nodiscard]] Job new_job(std::int64_t due_us);
    [[nodiscard]] bool gives_up(const Job& job) const {
        return options_.give_up_us > 0 && now_ - job.due_us > options_.give_up_us;
    }
    void send_again(Job job, std::int64_t after_us);
    void try_again(Job job, Verdict verdict, std::uint32_t status);
    void look();
    void begin_measured();
    [[nodiscard]] bool tick();
    [[nodiscard]] std::int64_t wait_us() const;

    const CrowdOptions& options_;
    Load& load_;
    Connections connections_;
    std::vector<Job> jobs_;  // of the busy connections
    const std::int64_t end_us_;
    const std::int64_t look_us_;  // 0: at every event
    std::vector<std::size_t> idle_;
    std::vector<std::size_t> closed_;
    std::deque<Job> due_;    // in an open loop: not sent yet
    std::deque<Job> again_;  // unknown outcomes
    std::uint64_t issued_ = 0;
    std::uint64_t in_flight_ = 0;
    std::uint64_t given_up_ = 0;
    std::int64_t start_us_ = 0;
    std::int64_t now_ = 0;
    std::int64_t last_answer_us_ = 0;
    std::int64_t reconnect_at_ = 0;
    std::int64_t tick_at_ = 0;
    std::optional<std::int64_t> cpu_before_;  // there once the measured part has begun
    CrowdResult result_;
};

bool Run::finished() const {
    const std::int64_t elapsed = now_ - start_us_;
    const bool in_time = open_loop() ? next_due_us() < end_us_ : elapsed < end_us_;
    const bool sending = issued_ < options_.requests && in_time;
    if (sending) return false;
    if (in_flight_ == 0 && due_.empty() && again_.empty()) return true;
    return elapsed >= end_us_ + options_.patience_us;
}

void Run::make_due() {
    while (open_loop() && issued_ < options_.requests && due_.size() < kDueMax) {
        const std::int64_t due_us = next_due_us();
        // Whatever was due in time is sent, however late the generator itself has become.
        if (due_us >= end_us_ || start_us_ + due_us > now_) return;
        due_.push_back(new_job(start_us_ + due_us));
    }
}

// When the next request is due in an open loop, from the start.
std::int64_t Run::next_due_us() const {
    return static_cast<std::int64_t>(issued_) * 1'000'000 / options_.rate_per_second;
}

Job Run::new_job(std::int64_t due_us) {
    Job job;
    job.number = issued_++;
    job.due_us = due_us;
    job.impatient_left = options_.impatience;
    return job;
}

std::optional<Job> Run::next_job() {
    if (!again_.empty() && again_.front().not_before_us <= now_) {
        const Job job = again_.front();
        again_.pop_front();
        ++result_.sent_again;
        return job;
    }
    if (open_loop()) {
        while (!due_.empty() && gives_up(due_.front())) {
            due_.pop_front();
            ++given_up_;
        }
        if (due_.empty()) return std::nullopt;
        const Job job = due_.front();
        due_.pop_front();
        if (now_ - job.due_us > kLateUs && phase(job) == Phase::measured) ++result_.sent_late;
        return job;
    }
    if (issued_ >= options_.requests || now_ - start_us_ >= end_us_) return std::nullopt;
    return new_job(now_);
}

void Run::assign() {
    while (!idle_.empty()) {
        const auto job = next_job();
        if (!job) return;
        const std::size_t index = idle_.back();
        idle_.pop_back();
        start(index, *job);
        // Many sends in a row take time themselves.
        if (job->number % kSendsPerClock == 0) now_ = now_us();
    }
}

void Run::start(std::size_t index, const Job& job) {
    connections_.at(index).busy = true;
    jobs_[index] = job;
    jobs_[index].sent_us = now_;
    ++in_flight_;
    if (phase(job) == Phase::measured) ++result_.sent;
    if (connections_.send(index, load_.request(job.number)) == Io::lost) lost(index);
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
    load_.lost(exchange(job));
    job.unknown = true;
    if (open_loop()) send_again(job, kTryAgainAfterUs);
}

void Run::send_again(Job job, std::int64_t after_us) {
    job.not_before_us = now_ + after_us;
    again_.push_back(job);
}

// An unknown outcome is asked for until it is known: to be turned away says nothing about the
// request before. Impatient buyers come back at once, whatever they were told.
void Run::try_again(Job job, Verdict verdict, std::uint32_t status) {
    if (verdict == Verdict::failed) job.unknown = true;
    const bool turned_away = verdict == Verdict::refused && status == 503;
    if (verdict == Verdict::failed || (turned_away && job.unknown)) {
        send_again(job, kTryAgainAfterUs);
    } else if (turned_away && job.impatient_left > 0) {
        --job.impatient_left;
        send_again(job, 0);
    }
}

void Run::answer(std::size_t index, const Response& response) {
    const Job job = jobs_[index];
    const Verdict verdict = load_.answered(exchange(job), response);
    last_answer_us_ = now_;
    if (options_.timeline != nullptr && phase(job) == Phase::measured) {
        const std::int64_t from_us = start_us_ + options_.warm_up_us;
        options_.timeline->add(verdict, job.due_us - from_us, now_ - from_us);
    }
    if (open_loop()) try_again(job, verdict, response.status);
    --in_flight_;
    free(index, response.keep_alive);
}

// The connection can take the next request.
void Run::free(std::size_t index, bool keep_alive) {
    Connection& connection = connections_.at(index);
    connection.busy = false;
    connection.in.clear();
    if (keep_alive) return idle_.push_back(index);
    connections_.close(index);
    closed_.push_back(index);
}

void Run::ready(const epoll_event& event) {
    const auto index = static_cast<std::size_t>(event.data.u64);
    Connection& connection = connections_.at(index);
    if (connection.socket < 0) return;
    const int socket = connection.socket;
    if ((event.events & EPOLLOUT) != 0 && connections_.send_rest(index) == Io::lost)
        return lost(index);
    if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) receive(index);
    // Its end came with or behind the last answer, and nothing will be told again.
    const bool over = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    if (over && connection.socket == socket) lost(index);
}

void Run::receive(std::size_t index) {
    std::string_view text;
    const Io io = connections_.receive(index, text);
    if (io == Io::later) return;
    if (io == Io::lost) return lost(index);
    Response response;
    const Parsed parsed = parse_response(text, response);
    if (parsed == Parsed::incomplete) return connections_.keep(index, text);
    // More than one response to one request is nothing that a right server sends.
    if (parsed == Parsed::broken || !connections_.at(index).busy || response.bytes != text.size())
        return lost(index);
    answer(index, response);
}

std::int64_t Run::wait_us() const {
    if (look_us_ != 0) return 0;
    if (!open_loop() || issued_ >= options_.requests) return kTickUs;
    return std::clamp<std::int64_t>(start_us_ + next_due_us() - now_, 0, kTickUs);
}

// One look at the sockets, and everything that follows from it.
void Run::look() {
    make_due();
    assign();
    if (look_us_ != 0) rest_until(now_ + look_us_);
    for (const epoll_event& event : connections_.wait(wait_us())) {
        now_ = now_us();
        ready(event);
        // In a closed loop at once, so that the server is never without work.
        if (!open_loop()) assign();
    }
    now_ = now_us();
    reconnect();
}

void Run::begin_measured() {
    cpu_before_ = own_time_us();
    if (options_.on_measured) options_.on_measured();
}

bool Run::tick() {
    if (!cpu_before_ && now_ - start_us_ >= options_.warm_up_us) begin_measured();
    if (now_ < tick_at_) return true;
    tick_at_ = now_ + kTickUs;
    return !options_.on_tick || options_.on_tick(now_ - start_us_);
}

base::Result<CrowdResult, std::string> Run::run() {
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!connections_.open(i))
            return base::Unexpected{fmt::format("cannot connect to 127.0.0.1:{}", options_.port)};
        idle_.push_back(i);
    }
    start_us_ = last_answer_us_ = now_ = now_us();
    while (!finished()) {
        if (!tick()) return base::Unexpected{options_.stop_reason};
        look();
    }
    if (!tick()) return base::Unexpected{options_.stop_reason};
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (connections_.at(i).busy) load_.lost(exchange(jobs_[i]));
    }
    result_.start_us = start_us_;
    result_.elapsed_us =
        std::max<std::int64_t>(0, last_answer_us_ - start_us_ - options_.warm_up_us);
    result_.own_cpu_us = own_time_us() - cpu_before_.value_or(own_time_us());
    result_.unanswered = in_flight_ + again_.size();
    result_.never_sent = due_.size() + given_up_;
    return result_;
}

}  // namespace

base::Result<CrowdResult, std::string> run_crowd(const CrowdOptions& options, Load& load) {
    return Run(options, load).run();
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
