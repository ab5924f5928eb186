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

// What nobody waits for: the projector makes rows that are half a second old at once.
inline constexpr auto kLagMax = base::Duration::seconds(60);

// What waits longer than this to be given back was forgotten by whoever looks after it.
inline constexpr auto kSuspenseMax = base::Duration::days(7);

struct Options {
    // The data folder: journal/ (journal.sqlite, snapshots/, high-water), projections.sqlite,
    // records.sqlite.
    std::string folder;
    std::string vfs;           // env::Environment::sqlite_vfs(); empty for SQLite's own
    std::string acknowledged;  // a CSV file of answers kept outside (clause D4); empty: none
    // Report::operations_mark of an earlier audit, kept elsewhere; empty: none.
    std::string operations_mark;
    // Tells whether the 400 days of a record have passed; nothing: they have not.
    std::optional<base::Timestamp> today;
    // Reserved orders whose deadline lies more than `grace` before `now` are breaches of S2.
    // Nothing: not checked against a clock.
    std::optional<base::Timestamp> now;
    base::Duration grace = base::Duration::seconds(30);
    // How old a batch may be that the projections do not show (D6), by `now` or else by the newest
    // batch; nothing: the lag is only stated.
    std::optional<base::Duration> lag_max;
    // How long money may wait that is to be given back, or is nobody's (M3), by the newest batch.
    base::Duration suspense_max = kSuspenseMax;
    std::size_t bytes_per_read = std::size_t{8} << 20;
    // Told now and then what is being read and how far it is; `all` is 0 where nobody knows.
    std::function<void(std::string_view what, std::uint64_t done, std::uint64_t all)> progress{};
};

// The error is a sentence: a file that cannot be read at all. Damage that can be named is a breach,
// not an error.
[[nodiscard]] base::Result<Report, std::string> run(const Options& options, env::Files& files);

}  // namespace onsale::audit
