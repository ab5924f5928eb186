#include "trial/server.h"

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
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "bench/crowd.h"

namespace onsale::trial {
namespace {

using base::Unexpected;

constexpr int kStartMs = 20'000;
constexpr int kStopTries = 400;  // of kPause
constexpr auto kPause = std::chrono::milliseconds(50);

// Runs in the child: nothing but system calls.
[[noreturn]] void become(const std::vector<char*>& arguments, int output, int log, int parent) {
    sigset_t none{};
    sigemptyset(&none);
    static_cast<void>(sigprocmask(SIG_SETMASK, &none, nullptr));
    static_cast<void>(prctl(PR_SET_PDEATHSIG, SIGTERM));
    if (getppid() != parent) _exit(127);  // it died before we asked
    static_cast<void>(dup2(output, STDOUT_FILENO));
    static_cast<void>(dup2(log, STDERR_FILENO));
    execv(arguments[0], arguments.data());
    _exit(127);
}

}  // namespace

base::Result<std::unique_ptr<Server>, std::string> Server::start(const ServerOptions& options,
                                                                 http::Client& client) {
    std::string folder = options.below + "/onsale-bench.XXXXXX";
    if (mkdtemp(folder.data()) == nullptr)
        return Unexpected{fmt::format("{}: {}", options.below, std::strerror(errno))};
    std::unique_ptr<Server> server(new Server(folder));
    ONSALE_TRY(server->launch(options));
    ONSALE_TRY(server->await_port());
    ONSALE_TRY(server->await_ready(client));
    return server;
}

base::Result<void, std::string> Server::launch(const ServerOptions& options) {
    std::array<int, 2> ends{};
    const int log = ::open((folder_ + "/server.log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (log < 0 || pipe2(ends.data(), O_CLOEXEC) != 0)
        return Unexpected{fmt::format("{}: {}", folder_, std::strerror(errno))};
    std::vector<std::string> words = {options.program, "serve", "--data", data(), "--port", "0"};
    if (options.loops != 0) {
        words.emplace_back("--loops");
        words.push_back(std::to_string(options.loops));
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int parent = getpid();
    pid_ = fork();
    if (pid_ == 0) become(arguments, ends[1], log, parent);
    ::close(ends[1]);
    ::close(log);
    output_ = ends[0];
    if (pid_ < 0) return Unexpected{std::string("the server cannot be started")};
    return {};
}

// It says "listening on http://127.0.0.1:PORT".
base::Result<void, std::string> Server::await_port() {
    std::string said;
    while (true) {
        pollfd ready{output_, POLLIN, 0};
        std::array<char, 512> buffer{};
        const bool has_come = poll(&ready, 1, kStartMs) == 1;
        const auto got = has_come ? ::read(output_, buffer.data(), buffer.size()) : 0;
        if (got <= 0)
            return Unexpected{
                fmt::format("the server {} did not start: see {}/server.log", said, folder_)};
        said.append(buffer.data(), static_cast<std::size_t>(got));
        const auto at = said.find("http://");
        const auto end = said.find('\n', at);
        if (at == std::string::npos || end == std::string::npos) continue;
        port_ = bench::local_port(std::string_view(said).substr(at, end - at));
        if (port_ == 0) return Unexpected{"the server listens elsewhere: " + said};
        return {};
    }
}

base::Result<void, std::string> Server::await_ready(http::Client& client) {
    http::ClientRequest request;
    request.url = fmt::format("http://127.0.0.1:{}/readyz", port_);
    request.reach = http::Reach::private_only;
    for (int i = 0; i < kStopTries; ++i) {
        const auto answer = client.call(request);
        if (answer && answer->status == 200) return {};
        std::this_thread::sleep_for(kPause);
    }
    return Unexpected{fmt::format("the server does not become ready: see {}/server.log", folder_)};
}

Server::~Server() {
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
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
}

}  // namespace onsale::trial
