#include "main/shadow_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>
#include <vector>

namespace onsale::app {
namespace {

using base::Unexpected;
using Clock = std::chrono::steady_clock;

constexpr const char* kThisProgram = "/proc/self/exe";
constexpr std::chrono::seconds kStopWithin{60};

Unexpected<std::string> failed(std::string_view what) {
    return Unexpected{std::string(what) + ": " + std::strerror(errno)};
}

std::vector<std::string> arguments_of(const Launch& launch) {
    std::vector<std::string> out = {"onsale", "serve", "--shadow",  "--data",   launch.data,
                                    "--port", "0",     "--address", "127.0.0.1"};
    if (!launch.config.empty()) out.insert(out.end(), {"--config", launch.config});
    return out;
}

// In the child, between fork and exec: system calls only. A process group of its own, so that
// Ctrl-C reaches the verb, which ends the rehearsal in order.
[[noreturn]] void become_server(pid_t parent, int out, int log, char* const* arguments) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    ::setpgid(0, 0);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execv(kThisProgram, arguments);
    ::_exit(1);
}

// The first line that the server says, or nothing when it ends or is too slow.
std::string first_line(int out, base::Duration within) {
    const auto end = Clock::now() + std::chrono::milliseconds(within.count_ms());
    std::string text;
    std::array<char, 512> buffer{};
    while (text.find('\n') == std::string::npos) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd watched{out, POLLIN, 0};
        if (left <= 0 || ::poll(&watched, 1, static_cast<int>(left)) <= 0) return {};
        const auto got = ::read(out, buffer.data(), buffer.size());
        if (got <= 0) return {};
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text.substr(0, text.find('\n'));
}

std::uint16_t port_in(std::string_view line) {
    constexpr std::string_view kSays = "listening on http://127.0.0.1:";
    std::uint16_t port = 0;
    if (!line.starts_with(kSays)) return port;
    line.remove_prefix(kSays.size());
    std::from_chars(line.data(), line.data() + line.size(), port);
    return port;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

base::Result<std::unique_ptr<ShadowServer>, std::string> ShadowServer::start(const Launch& launch) {
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) return failed("pipe");
    const int log = ::open(launch.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    auto texts = arguments_of(launch);
    std::vector<char*> arguments;
    for (auto& text : texts) arguments.push_back(text.data());
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();
    const pid_t process = log < 0 ? -1 : ::fork();
    if (process == 0) become_server(parent, out[1], log, arguments.data());
    ::close(out[1]);
    if (log >= 0) ::close(log);
    if (process < 0) {
        ::close(out[0]);
        return failed("a second server");
    }
    std::unique_ptr<ShadowServer> server(new ShadowServer(process));
    server->port_ = port_in(first_line(out[0], launch.ready_within));
    ::close(out[0]);
    if (server->port_ == 0)
        return Unexpected{"the server on the copy did not start; its log: " + launch.log};
    return server;
}

ShadowServer::~ShadowServer() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

base::Result<double, std::string> ShadowServer::stop() {
    ::kill(process_, SIGTERM);
    const auto end = Clock::now() + kStopWithin;
    int status = 0;
    rusage used{};
    pid_t ended = 0;
    while ((ended = ::wait4(process_, &status, WNOHANG, &used)) == 0 && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (ended != process_) return Unexpected{std::string("the server on the copy does not stop")};
    process_ = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return Unexpected{std::string("the server on the copy did not stop in order")};
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace onsale::app
