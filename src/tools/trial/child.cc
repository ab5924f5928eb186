#include "trial/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>

#include "bench/crowd.h"

namespace onsale::trial {
namespace {

using base::Unexpected;

constexpr int kStartMs = 20'000;
constexpr int kStopTries = 400;  // of kPause
constexpr auto kPause = std::chrono::milliseconds(50);

struct Ends {
    int input = -1;  // -1: ours
    int output = -1;
    int log = -1;
};

// Runs in the child: nothing but system calls.
[[noreturn]] void become(const std::vector<char*>& arguments, const Ends& ends, int parent) {
    sigset_t none{};
    sigemptyset(&none);
    static_cast<void>(sigprocmask(SIG_SETMASK, &none, nullptr));
    static_cast<void>(prctl(PR_SET_PDEATHSIG, SIGTERM));
    if (getppid() != parent) _exit(127);  // it died before we asked
    if (ends.input >= 0) static_cast<void>(dup2(ends.input, STDIN_FILENO));
    static_cast<void>(dup2(ends.output, STDOUT_FILENO));
    static_cast<void>(dup2(ends.log, STDERR_FILENO));
    execv(arguments[0], arguments.data());
    _exit(127);
}

int start(std::vector<std::string> words, const Ends& ends) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int parent = getpid();
    const int pid = fork();
    if (pid == 0) become(arguments, ends, parent);
    return pid;
}

int open_log(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

auto trouble(const std::string& what) {
    return Unexpected{fmt::format("{}: {}", what, std::strerror(errno))};
}

}  // namespace

base::Result<std::unique_ptr<Child>, std::string> Child::serve(
    const std::vector<std::string>& words, const std::string& log) {
    std::array<int, 2> ends{};
    const int messages = open_log(log);
    if (messages < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) return trouble(log);
    const int pid = start(words, {-1, ends[1], messages});
    ::close(ends[1]);
    ::close(messages);
    std::unique_ptr<Child> child(new Child(pid, ends[0]));
    if (pid < 0) return trouble(words[0]);
    ONSALE_TRY(child->await_port(log));
    return child;
}

// It says "listening on http://127.0.0.1:PORT".
base::Result<void, std::string> Child::await_port(const std::string& log) {
    std::string said;
    while (true) {
        pollfd ready{output_, POLLIN, 0};
        std::array<char, 512> buffer{};
        const bool has_come = poll(&ready, 1, kStartMs) == 1;
        const auto got = has_come ? ::read(output_, buffer.data(), buffer.size()) : 0;
        if (got <= 0)
            return Unexpected{fmt::format("the server {} did not start: see {}", said, log)};
        said.append(buffer.data(), static_cast<std::size_t>(got));
        const auto at = said.find("http://");
        const auto end = said.find('\n', at);
        if (at == std::string::npos || end == std::string::npos) continue;
        port_ = bench::local_port(std::string_view(said).substr(at, end - at));
        if (port_ == 0) return Unexpected{"the server listens elsewhere: " + said};
        return {};
    }
}

base::Result<void, std::string> Child::run(const std::vector<std::string>& words,
                                           const std::string& input, const std::string& log) {
    std::array<int, 2> ends{};
    const int messages = open_log(log);
    if (messages < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) return trouble(log);
    const int pid = start(words, {ends[0], messages, messages});
    ::close(ends[0]);
    ::close(messages);
    const auto wrote = ::write(ends[1], input.data(), input.size());
    ::close(ends[1]);
    if (pid < 0) return trouble(words[0]);
    int status = 0;
    static_cast<void>(waitpid(pid, &status, 0));
    const bool good = wrote == static_cast<std::int64_t>(input.size()) && WIFEXITED(status) &&
                      WEXITSTATUS(status) == 0;
    if (good) return {};
    return Unexpected{fmt::format("{} {} has failed: see {}", words[0], words[1], log)};
}

Child::~Child() {
    if (pid_ > 0) {
        static_cast<void>(kill(pid_, SIGTERM));
        int ended = 0;
        for (int i = 0; i < kStopTries && ended == 0; ++i) {
            ended = waitpid(pid_, nullptr, WNOHANG);
            if (ended == 0) std::this_thread::sleep_for(kPause);
        }
        if (ended == 0) {
            static_cast<void>(kill(pid_, SIGKILL));
            static_cast<void>(waitpid(pid_, nullptr, 0));
        }
    }
    if (output_ >= 0) ::close(output_);  // not before, since it may still say something
}

}  // namespace onsale::trial
