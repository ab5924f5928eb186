// Answers about banks, as administrators and the program's own verbs get them. Plain values;
// nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/described.h"

namespace onsale::finance {

struct NameBody {
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(NameBody, (), (zh, en))
struct KeysBody {
    std::uint32_t generation = 0;
    std::string to_bank;  // ids
    std::string to_site;
    std::string created_at;
    std::optional<std::string> retired_at;  // good until then
};
BOOST_DESCRIBE_STRUCT(KeysBody, (), (generation, to_bank, to_site, created_at, retired_at))
struct InstanceBody {
    std::string instance;
    std::string url;
    std::string public_url;
    std::vector<std::string> ways;
    bool in_use = false;
    bool live = false;
    bool serving = false;
    std::string breaker;  // closed, half_open, open
    std::uint32_t key_generation = 0;
    std::string beat_at;
    std::int64_t beat_age_ms = 0;
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::int64_t latency_us = 0;
};
BOOST_DESCRIBE_STRUCT(InstanceBody, (),
                      (instance, url, public_url, ways, in_use, live, serving, breaker,
                       key_generation, beat_at, beat_age_ms, calls, failures, latency_us))
struct StaffBankBody {
    std::uint64_t bank = 0;
    NameBody name;
    bool enabled = false;
    bool usable = false;
    std::vector<std::string> ways;
    std::string created_at;
    std::vector<KeysBody> keys;
    std::vector<InstanceBody> instances;
};
BOOST_DESCRIBE_STRUCT(StaffBankBody, (),
                      (bank, name, enabled, usable, ways, created_at, keys, instances))
struct StaffBanksBody {
    std::vector<StaffBankBody> banks;
};
BOOST_DESCRIBE_STRUCT(StaffBanksBody, (), (banks))
struct BankWishBody {
    NameBody name;
    std::optional<bool> enabled;  // true when absent
};
BOOST_DESCRIBE_STRUCT(BankWishBody, (), (name, enabled))
struct CredentialsBody {
    std::string file_name;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(CredentialsBody, (), (file_name, text))
struct BankDoneBody {
    std::uint64_t bank = 0;
    std::optional<CredentialsBody> credentials;  // never told again
};
BOOST_DESCRIBE_STRUCT(BankDoneBody, (), (bank, credentials))
struct RotationBody {
    std::optional<std::uint64_t> grace_seconds;  // a day when absent; 0: the old keys end at once
};
BOOST_DESCRIBE_STRUCT(RotationBody, (), (grace_seconds))

}  // namespace onsale::finance
