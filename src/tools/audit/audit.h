// The auditor: reads what is stored (journal, projections, vault, snapshots, high-water file),
// folds the journal by itself and compares. It changes nothing, shares only the generated record
// decoders with the write path, and may run beside a live server: every file is read in bounded
// pieces. One call, on the caller's thread; it keeps nothing afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "audit/report.h"
#include "base/result.h"
#include "base/time.h"
#include "env/files.h"

namespace onsale::audit {

struct Options {
    // The data folder: journal/ (journal.sqlite, snapshots/, high-water), projections.sqlite,
    // records.sqlite.
    std::string folder;
    std::string vfs;           // env::Environment::sqlite_vfs(); empty for SQLite's own
    std::string acknowledged;  // a CSV file of answers kept outside (clause D4); empty: none
    // "NUMBER:HASH" of an operation record, from an earlier report, kept elsewhere; empty: none.
    std::string operations_mark;
    // Reserved orders whose deadline lies more than `grace` before `now` are breaches of S2.
    // Nothing: not checked against a clock.
    std::optional<base::Timestamp> now;
    base::Duration grace = base::Duration::seconds(30);
    // How much older than the journal the projections may be (D6); nothing: the lag is only stated.
    std::optional<base::Duration> lag_max;
    std::size_t bytes_per_read = std::size_t{8} << 20;
    // Told now and then what is being read and how far it is; `all` is 0 where nobody knows.
    std::function<void(std::string_view what, std::uint64_t done, std::uint64_t all)> progress{};
};

// The error is a sentence: a file that cannot be read at all. Damage that can be named is a breach,
// not an error.
[[nodiscard]] base::Result<Report, std::string> run(const Options& options, env::Files& files);

}  // namespace onsale::audit
