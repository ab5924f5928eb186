// Configuration of a site: defaults, then the file (TOML), then environment variables
// ONSALE_<SECTION>_<KEY>, then flags. Every mistake is a sentence with the place where it stands;
// nothing starts with half of a configuration. Plain values; deploy/onsale.toml shows every
// setting.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "telemetry/log.h"

namespace onsale::site {

// How messages leave: not at all, into a file for development, or as mails.
enum class SenderKind : std::uint8_t { none, file, smtp };

struct Config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    std::uint32_t loops = 0;    // 0: half of the cores, at least 1
    std::uint32_t connections_max = 20'000;
    base::Duration idle_timeout = base::Duration::seconds(75);     // of connections
    base::Duration request_timeout = base::Duration::seconds(15);  // from first byte to last
    std::string pages;  // folder of the front end's files; empty: none
    std::vector<std::string> trusted_proxies;
    std::string public_url;  // as browsers see the site; empty: unknown
    std::vector<std::string> allowed_origins;
    std::string name_zh = "开售";  // of the site, on its pages
    std::string name_en = "Onsale";
    std::string folder = "data";
    std::uint16_t shards = 16;
    std::uint64_t reserve_mib = 64;
    std::uint64_t snapshot_facts = 1'000'000;  // of a shard, between two snapshots
    telemetry::Level log_level = telemetry::Level::info;
    base::Duration token_lifetime = base::Duration::minutes(15);
    base::Duration person_login_lifetime = base::Duration::days(14);  // since it was used last
    base::Duration staff_login_lifetime = base::Duration::hours(12);
    SenderKind sender = SenderKind::none;  // of codes and notices
    std::string smtp_url;                  // of the sender "smtp", with the following
    std::string mail_from;
    std::string mail_user;                    // empty: no login
    std::string mail_password_file;           // its first line is the password
    bool mail_tls = true;                     // false: also without STARTTLS
    bool first_admin = false;                 // `onsale serve` makes one where there is none
    bool webhooks_private_addresses = false;  // webhooks may call machines of the own network
    bool registry_private_addresses = false;  // banks may be in the own network, and called by http
    std::string registry_merchant = "onsale";  // the site's name at banks
    bool outward = true;  // false: no message and no webhook leaves, for a copy that is played with
    bool operator==(const Config&) const = default;
};

using ConfigResult = base::Result<Config, std::string>;

// The settings of a file's text; `path` is for messages only.
[[nodiscard]] ConfigResult read_config(std::string_view text, const std::string& path,
                                       Config config = {});
// The same by variables; `variable` gives the value of one, or nothing.
using Variables = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] ConfigResult apply_variables(Config config, const Variables& variable);

}  // namespace onsale::site
