#include "seeds/runner.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "seeds/message.h"

namespace onsale::seeds {
namespace {

constexpr std::size_t kChunk = 65536;

bool write_line(int pipe, std::string line) {
    line += '\n';
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = write(pipe, rest.data(), rest.size());
        if (written <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

[[noreturn]] void work(const Plan& plan, std::uint64_t first, int pipe) {
    for (std::uint64_t seed = first; seed < plan.from + plan.seeds; seed += plan.jobs) {
        if (!write_line(pipe, write_message({seed, {}}))) break;
        rush::SaleResult result = rush::run_sale(seed, plan.spec_of(seed));
        if (!write_line(pipe, write_message({seed, std::move(result)}))) break;
    }
    std::fflush(nullptr);
    _exit(EXIT_SUCCESS);
}

// One working process, as the one that started it sees it.
class Worker {
  public:
    bool start(const Plan& plan, std::uint64_t first) {
        int ends[2] = {-1, -1};
        if (pipe(ends) != 0) return false;
        process_ = fork();
        if (process_ == 0) {
            close(ends[0]);
            work(plan, first, ends[1]);
        }
        close(ends[1]);
        pipe_ = ends[0];
        return process_ > 0;
    }
    void stop() {
        if (pipe_ >= 0) close(pipe_);
        pipe_ = -1;
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }
    [[nodiscard]] int pipe_end() const { return pipe_; }

    // Takes what has arrived; false: enough.
    bool take(const Ended& ended) {
        char chunk[kChunk];
        const ssize_t size = read(pipe_, chunk, sizeof chunk);
        if (size <= 0) return finish(ended);
        buffer_.append(chunk, static_cast<std::size_t>(size));
        for (std::size_t end = buffer_.find('\n'); end != std::string::npos;
             end = buffer_.find('\n')) {
            const auto message = read_message(std::string_view(buffer_).substr(0, end));
            buffer_.erase(0, end + 1);
            if (!message) continue;
            if (!message->result) {
                playing_ = message->seed;
                continue;
            }
            playing_.reset();
            if (!ended(message->seed, *message->result)) return false;
        }
        return true;
    }

  private:
    bool finish(const Ended& ended) {
        close(pipe_);
        pipe_ = -1;
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = -1;
        if (!playing_) return true;
        rush::SaleResult result;
        result.failure = WIFSIGNALED(status)
                             ? "the program ended by signal " + std::to_string(WTERMSIG(status))
                             : "the program ended";
        return ended(*playing_, result);
    }

    pid_t process_ = -1;
    int pipe_ = -1;
    std::string buffer_;
    std::optional<std::uint64_t> playing_;
};

// Until all have ended, or somebody has had enough.
void listen(std::vector<Worker>& workers, const Ended& ended) {
    while (true) {
        std::vector<pollfd> waiting;
        std::vector<Worker*> whose;
        for (auto& worker : workers) {
            if (worker.pipe_end() < 0) continue;
            waiting.push_back({worker.pipe_end(), POLLIN, 0});
            whose.push_back(&worker);
        }
        if (waiting.empty()) return;
        if (poll(waiting.data(), waiting.size(), -1) < 0) continue;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].revents != 0 && !whose[i]->take(ended)) return;
        }
    }
}

}  // namespace

std::string play(const Plan& plan, const Ended& ended) {
    std::vector<Worker> workers(plan.jobs);
    std::fflush(nullptr);
    bool started = true;
    for (std::uint64_t i = 0; started && i < plan.jobs; ++i)
        started = workers[i].start(plan, plan.from + i);
    if (started) listen(workers, ended);
    for (auto& worker : workers) worker.stop();
    return started ? "" : "cannot start a process for the seeds";
}

}  // namespace onsale::seeds
