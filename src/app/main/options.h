// What the command line says: one struct for all verbs, filled by main.cc and read by the verbs.
// Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace onsale::app {

struct Options {
    std::string config;  // a file; empty: none
    std::optional<std::string> data;
    std::optional<std::string> address;
    std::optional<std::uint16_t> port;
    std::optional<std::uint32_t> loops;
    std::string server;              // URL; empty: as configured
    std::string file;                // of people import
    std::vector<std::string> files;  // of import
    bool dry_run = false;
    bool threads = false;
    bool json = false;
    std::uint64_t person = 0;
    bool staff = false;
    std::uint32_t minutes = 15;
    std::string acknowledged;
    std::string backup;  // folder of backup and restore
    std::string keys;    // folder of a copy of the keys
};

// Each verb blocks until it is done and returns the exit code: 0 done, 1 not done (a sentence on
// standard error), 2 breaches found (audit).
int run_serve(const Options& options);
int run_import(const Options& options);
int run_audit(const Options& options);
int run_backup(const Options& options);
int run_restore(const Options& options);
int run_rebuild(const Options& options);
int run_stock(const Options& options);
int run_people_import(const Options& options);
int run_token(const Options& options);
int run_openapi(const Options& options);
int run_roles(const Options& options);
int run_routes(const Options& options);

}  // namespace onsale::app
