// What `onsale bench` was told. Plain values; what is absent is the scenario's own default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace onsale::app {

struct Options;

struct BenchOptions {
    std::string scenario;
    std::string url;     // empty: a server of its own
    std::string people;  // FIRST:COUNT; empty: new ones are imported
    std::int64_t server_pid = 0;
    std::optional<std::uint64_t> rate;
    bool closed = false;
    std::int64_t duration_s = 5;
    std::int64_t warm_up_s = 1;
    std::size_t connections = 256;
    std::optional<std::size_t> listeners;
    std::optional<std::uint64_t> sessions;
    std::optional<std::uint64_t> stock;
    bool ramp = false;
    std::uint32_t steps_max = 14;
    std::string below;  // the folder for the data of a server of its own; empty: the usual one
    std::string out;    // folder for results; empty: none are written
    std::vector<std::string> files;  // of compare
    // Of `paid`.
    std::uint64_t paid_per_s = 2000;
    std::int64_t paid_duration_s = 20;
    std::size_t paid_threads = 64;
};

// Adds the verb and its options to the command line.
void add_bench(CLI::App& app, Options& options, int (*&chosen)(const Options&));

}  // namespace onsale::app
