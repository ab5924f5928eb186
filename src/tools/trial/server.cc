#include "trial/server.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <thread>
#include <vector>

namespace onsale::trial {
namespace {

using base::Unexpected;

constexpr int kReadyTries = 400;  // of kPause
constexpr auto kPause = std::chrono::milliseconds(50);

}  // namespace

base::Result<std::unique_ptr<Server>, std::string> Server::start(const ServerOptions& options,
                                                                 http::Client& client) {
    std::string folder = options.below + "/onsale-bench.XXXXXX";
    if (mkdtemp(folder.data()) == nullptr)
        return Unexpected{fmt::format("{}: {}", options.below, std::strerror(errno))};
    std::unique_ptr<Server> server(new Server(folder));
    std::vector<std::string> words = {options.program, "serve",  "--data",
                                      server->data(),  "--port", "0"};
    if (options.loops != 0) {
        words.emplace_back("--loops");
        words.push_back(std::to_string(options.loops));
    }
    if (!options.settings.empty()) {
        const std::string path = folder + "/settings.toml";
        if (!(std::ofstream(path) << options.settings))
            return Unexpected{path + ": cannot be written"};
        words.insert(words.end(), {"--config", path});
    }
    ONSALE_TRY_ASSIGN(child, Child::serve(words, folder + "/server.log"));
    server->child_ = std::move(child);
    ONSALE_TRY(server->await_ready(client));
    return server;
}

base::Result<void, std::string> Server::await_ready(http::Client& client) {
    http::ClientRequest request;
    request.url = fmt::format("http://127.0.0.1:{}/readyz", port());
    request.reach = http::Reach::private_only;
    for (int i = 0; i < kReadyTries; ++i) {
        const auto answer = client.call(request);
        if (answer && answer->status == 200) return {};
        std::this_thread::sleep_for(kPause);
    }
    return Unexpected{fmt::format("the server does not become ready: see {}/server.log", folder_)};
}

Server::~Server() {
    child_.reset();
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
}

}  // namespace onsale::trial
