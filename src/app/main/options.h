// What the command line says: one struct for all verbs, filled by main.cc and read by the verbs.
// Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "main/bank_options.h"
#include "main/bench_options.h"

namespace onsale::app {

// Of rehearse.
struct Rehearsal {
    std::uint64_t campaign = 0;
    std::uint64_t people = 2000;
    std::uint64_t bots = 20;
    double minutes = 1;
    double rate = 0;  // people arriving in the first second; 0: as fits
    std::uint64_t seed = 1;
    std::string report = "rehearsal";  // a folder
    bool keep = false;                 // the copy
};

// Of banks.
struct BanksOptions {
    std::uint64_t number = 0;
    std::string name_zh;
    std::string name_en;
    bool disabled = false;
    std::string credentials;         // a file that is written; it holds secrets
    std::uint64_t grace_hours = 24;  // for which the old keys are good
    bool at_once = false;            // no grace
};

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
    std::string operations_mark;
    std::string backup;  // folder of backup and restore
    std::string keys;    // folder of a copy of the keys; of verify-ticket: a file of public ones
    BenchOptions bench;
    BankVerbOptions bank;
    bool shadow = false;  // of serve: nothing leaves
    Rehearsal rehearsal;
    BanksOptions banks;
    std::string subject;        // of explain: a receipt or an order; of verify-ticket: a code
    std::string language;       // zh, en; empty: as LANG has it
    std::string at;             // of stock: a time or a position; empty: now
    std::uint64_t session = 0;  // of stock; 0: all
    std::uint32_t starts_in_seconds = 60;  // of rotate-ticket-keys
};

// Each verb blocks until it is done and returns the exit code: 0 done, 1 not done (a sentence on
// standard error), 2 breaches found (audit).
int run_serve(const Options& options);
int run_import(const Options& options);
int run_audit(const Options& options);
int run_backup(const Options& options);
int run_restore(const Options& options);
int run_rebuild(const Options& options);
int run_rehearse(const Options& options);
int run_stock(const Options& options);
int run_stock_then(const Options& options);
int run_explain(const Options& options);
int run_people_import(const Options& options);
int run_verify_ticket(const Options& options);
int run_rotate_ticket_keys(const Options& options);
int run_ledger_balances(const Options& options);
int run_ledger_payables(const Options& options);
int run_reconcile(const Options& options);  // 1: differences
int run_remote_reconcile(const Options& options);  // likewise, by the running server
int run_banks_list(const Options& options);
int run_banks_put(const Options& options);
int run_banks_rotate(const Options& options);
int run_token(const Options& options);
int run_openapi(const Options& options);
int run_roles(const Options& options);
int run_routes(const Options& options);

}  // namespace onsale::app
