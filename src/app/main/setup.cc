#include "main/setup.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include "accounts/keys.h"
#include "accounts/tokens.h"
#include "site/layout.h"

namespace onsale::app {
namespace {

using base::Unexpected;

constexpr std::uint64_t kOperator = 1;  // the number that a verb's token names

std::optional<std::string> variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

site::ConfigResult configure(const Options& options, env::Environment& environment) {
    site::Config config;
    if (!options.config.empty()) {
        const auto text = env::read_file(environment.files(), options.config);
        if (!text)
            return Unexpected{options.config +
                              " cannot be read: " + std::string(env::to_string(text.error()))};
        ONSALE_TRY_ASSIGN(from_file, site::read_config(*text, options.config, config));
        config = std::move(from_file);
    }
    ONSALE_TRY_ASSIGN(from_variables, site::apply_variables(std::move(config), variable));
    config = std::move(from_variables);
    if (options.data) config.folder = *options.data;
    if (options.address) config.address = *options.address;
    if (options.port) config.port = *options.port;
    if (options.loops) config.loops = *options.loops;
    telemetry::set_level(config.log_level);
    return config;
}

int fail(std::string_view sentence) {
    std::fprintf(stderr, "onsale: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
    return 1;
}

std::string server_url(const Options& options, const site::Config& config) {
    if (!options.server.empty()) return options.server;
    const bool everywhere = config.address == "0.0.0.0" || config.address == "::";
    const std::string host = everywhere ? "127.0.0.1" : config.address;
    const bool six = host.find(':') != std::string::npos;
    return "http://" + (six ? "[" + host + "]" : host) + ":" + std::to_string(config.port);
}

base::Result<crypto::Key, std::string> existing_master_key(const site::Config& config,
                                                           env::Environment& environment) {
    const std::string path = site::master_key_path(config.folder);
    const auto there = environment.files().exists(path);
    if (!there || !*there) {
        return Unexpected{"there is no " + path +
                          ": name the server's data folder with --data or --config"};
    }
    return accounts::load_or_create_master_key(environment.files(), environment.entropy(),
                                               config.folder);
}

base::Result<std::string, std::string> staff_token(const site::Config& config,
                                                   env::Environment& environment) {
    if (auto token = variable("ONSALE_TOKEN")) return *std::move(token);
    auto key = existing_master_key(config, environment);
    if (!key) return Unexpected{key.error() + ", or set ONSALE_TOKEN to a staff token"};
    accounts::TokenIssuer issuer(*key, accounts::Audience::staff);
    return issuer.issue(kOperator, environment.clock().wall_now(), base::Duration::hours(1)).token;
}

void wait_here(base::Duration duration) {
    std::this_thread::sleep_for(std::chrono::milliseconds(duration.count_ms()));
}

}  // namespace onsale::app
