#include "rehearsal/crowd.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <deque>

#include "bench/response.h"
#include "rehearsal/internal/calls.h"
#include "rehearsal/limits.h"

namespace onsale::rehearsal {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kWaitMaxUs = 10'000;
constexpr std::int64_t kLookAroundEveryUs = 100'000;
constexpr std::int64_t kSlowPauseUs = 1'500'000;  // between the halves of a slow request
constexpr rlim_t kFilesBesides = 64;

std::int64_t clock_us() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * kSecondUs + time.tv_nsec / 1000;
}

// As many connections as this process may hold.
std::size_t connections() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kFilesBesides;
    limit.rlim_cur = limit.rlim_max;
    static_cast<void>(setrlimit(RLIMIT_NOFILE, &limit));
    if (limit.rlim_cur <= 2 * kFilesBesides) return kFilesBesides;
    return std::min<std::size_t>(kOpenMax, limit.rlim_cur - kFilesBesides);
}

class Play {
  public:
    Play(const Plan& plan, const Stage& stage, bench::Record& record, Figures& figures)
        : plan_(plan),
          stage_(stage),
          record_(record),
          figures_(figures),
          calls_(stage.port, connections()),
          last_due_us_(plan.steps.empty() ? 0 : plan.steps.back().at_us),
          tokens_(plan.actors) {
        for (std::size_t i = calls_.size(); i > 0; --i) free_.push_back(i - 1);
    }

    base::Result<Ended, std::string> run() {
        begun_us_ = clock_us();
        while (!over()) {
            begin_due();
            for (const epoll_event& event : calls_.wait(wait_us())) ready(event);
            now_us_ = clock_us() - begun_us_;
            resume_slow();
            if (!look_around()) return Ended::stopped;
            if (!record_.flush())
                return base::Unexpected{std::string("the record of answers cannot be written")};
        }
        return Ended::complete;
    }

  private:
    [[nodiscard]] bool over() const {
        if (next_ == plan_.steps.size() && free_.size() == calls_.size()) return true;
        return now_us_ > last_due_us_ + 2 * kPatienceUs;
    }

    // Steps that are due and find a free connection. The others wait; their wait counts.
    void begin_due() {
        while (next_ < plan_.steps.size() && plan_.steps[next_].at_us <= now_us_ &&
               !free_.empty()) {
            const std::size_t index = free_.back();
            free_.pop_back();
            begin(index, next_++);
        }
    }

    void begin(std::size_t index, std::size_t number) {
        const Step& step = plan_.steps[number];
        Call& call = calls_.at(index);
        call.step = number;
        call.due_us = step.at_us;
        call.begun_us = now_us_;
        call.out = request_of(step);
        call.held_back = step.pace == Pace::slow ? call.out.size() / 2 : 0;
        call.resume_us = 0;
        figures_.sent(step);
        if (!calls_.open(index, address_of(plan_, step.actor))) return lost(index);
        if (step.pace == Pace::slow) {
            call.resume_us = now_us_ + kSlowPauseUs;
            call.due_us = call.resume_us;
            slow_.push_back({index, number});
        }
    }

    // Minted once for each actor: the crowd was logged in before the sale.
    const std::string& token_of(std::uint32_t actor) {
        std::string& token = tokens_[actor];
        if (token.empty()) token = stage_.token(kFirstPerson + actor);
        return token;
    }

    std::string request_of(const Step& step) {
        constexpr std::string_view kHead =
            "Host: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer ";
        if (step.action == Action::look)
            return fmt::format("GET /api/v1/campaigns/{} HTTP/1.1\r\n{}{}\r\n\r\n", stage_.campaign,
                               kHead, token_of(step.actor));
        const std::string body =
            fmt::format(R"({{"campaign":{},"lines":[{{"tier":{},"quantity":{}}}]}})",
                        stage_.campaign, stage_.tiers[step.tier], step.quantity);
        return fmt::format(
            "POST /api/v1/orders HTTP/1.1\r\n{}{}\r\nIdempotency-Key: {}\r\n"
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            kHead, token_of(step.actor), key_of(step), body.size(), body);
    }

    static std::string key_of(const Step& step) {
        return fmt::format("rehearsal-{}-{}", step.actor, step.key);
    }

    void resume_slow() {
        while (!slow_.empty()) {
            const auto [index, number] = slow_.front();
            Call& call = calls_.at(index);
            const bool same = call.socket >= 0 && call.step == number && call.resume_us != 0;
            if (same && call.resume_us > now_us_) return;
            slow_.pop_front();
            if (!same) continue;
            call.resume_us = 0;
            call.held_back = 0;
            if (calls_.send(index) == Io::lost) lost(index);
        }
    }

    void ready(const epoll_event& event) {
        const auto index = static_cast<std::size_t>(event.data.u64);
        if (calls_.at(index).socket < 0) return;
        now_us_ = clock_us() - begun_us_;
        if ((event.events & EPOLLOUT) != 0 && calls_.send(index) == Io::lost) return lost(index);
        if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
        const Io io = calls_.receive(index);
        if (io == Io::later) return;
        if (io == Io::lost) return lost(index);
        bench::Response response;
        const auto parsed = bench::parse_response(calls_.at(index).in, response);
        if (parsed == bench::Parsed::incomplete) return;
        if (parsed == bench::Parsed::broken) return lost(index);
        answered(index, response);
    }

    void answered(std::size_t index, const bench::Response& response) {
        const Call& call = calls_.at(index);
        const Step& step = plan_.steps[call.step];
        bench::OrderAnswer read;
        if (step.action == Action::order) read = bench::read_answer(response);
        const bool refused = response.status >= 300;
        figures_.answered(
            step, {response.status, read.order, refused ? read.code : std::string_view(), now_us_,
                   now_us_ - call.due_us});
        write_down(call, response.status, read.order, refused ? std::string_view() : read.code);
        finish(index);
    }

    void lost(std::size_t index) {
        const Call& call = calls_.at(index);
        figures_.answered(plan_.steps[call.step], {0, 0, {}, now_us_, now_us_ - call.due_us});
        write_down(call, 0, 0, {});
        finish(index);
    }

    void write_down(const Call& call, std::uint32_t status, std::uint64_t order,
                    std::string_view code) {
        const Step& step = plan_.steps[call.step];
        if (step.action != Action::order) return;
        const std::string key = key_of(step);
        record_.add({key, call.begun_us, now_us_, kFirstPerson + step.actor, stage_.campaign,
                     status, order, code});
    }

    void finish(std::size_t index) {
        calls_.close(index);
        free_.push_back(index);
    }

    // Progress, answers that never came, and whether somebody wants it to end. False: they do.
    bool look_around() {
        if (now_us_ < next_look_us_) return true;
        next_look_us_ = now_us_ + kLookAroundEveryUs;
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            const Call& call = calls_.at(i);
            if (call.socket >= 0 && now_us_ - call.begun_us > kPatienceUs) lost(i);
        }
        if (now_us_ >= next_second_us_) {
            next_second_us_ += kSecondUs;
            stage_.progress(figures_, now_us_);
        }
        return !stage_.stop();
    }

    [[nodiscard]] std::int64_t wait_us() const {
        if (next_ == plan_.steps.size() || free_.empty()) return kWaitMaxUs;
        return std::clamp<std::int64_t>(plan_.steps[next_].at_us - now_us_, 0, kWaitMaxUs);
    }

    struct Held {
        std::size_t index;
        std::size_t step;
    };

    const Plan& plan_;
    const Stage& stage_;
    bench::Record& record_;
    Figures& figures_;
    Calls calls_;
    const std::int64_t last_due_us_;
    std::vector<std::string> tokens_;  // by actor, empty until needed
    std::vector<std::size_t> free_;
    std::deque<Held> slow_;  // in the order of their times: each pauses equally long
    std::size_t next_ = 0;
    std::int64_t begun_us_ = 0;
    std::int64_t now_us_ = 0;
    std::int64_t next_look_us_ = 0;
    std::int64_t next_second_us_ = kSecondUs;
};

}  // namespace

base::Result<Ended, std::string> play(const Plan& plan, const Stage& stage, bench::Record& record,
                                      Figures& figures) {
    return Play(plan, stage, record, figures).run();
}

}  // namespace onsale::rehearsal
