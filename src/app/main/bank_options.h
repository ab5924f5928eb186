// What `onsale bank` was told. Plain values; what is absent is as the settings file or the program
// has it.
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

struct BankVerbOptions {
    std::string config;
    std::optional<std::string> data;
    std::optional<std::string> address;
    std::optional<std::uint16_t> port;
    std::optional<std::string> name;
    std::optional<std::string> public_url;
    std::vector<std::string> credentials;
    std::optional<std::string> pages;
    std::optional<std::string> faults;
    bool beside = false;
    std::string teller;
    bool password_stdin = false;
    std::string customers;  // a CSV file
};

// Adds the verb with its own verbs to the command line.
void add_bank(CLI::App& app, Options& options, int (*&chosen)(const Options&));

}  // namespace onsale::app
