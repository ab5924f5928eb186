#include "site/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

namespace onsale::site {
namespace {

using base::Unexpected;

// One row per setting. `set_text` or `set_number` is there; numbers are checked against min and max
// first.
struct Setting {
    std::string_view section;
    std::string_view key;
    bool (*set_text)(Config&, std::string_view) = nullptr;  // false: not one of `choices`
    std::string_view choices = {};
    void (*set_number)(Config&, std::int64_t) = nullptr;
    std::int64_t min = 0;
    std::int64_t max = 0;
};

bool set_level(Config& config, std::string_view text) {
    using enum telemetry::Level;
    constexpr std::array<std::pair<std::string_view, telemetry::Level>, 4> kLevels = {
        {{"debug", debug}, {"info", info}, {"warning", warning}, {"error", error}}};
    const auto found =
        std::ranges::find(kLevels, text, &std::pair<std::string_view, telemetry::Level>::first);
    if (found == kLevels.end()) return false;
    config.log_level = found->second;
    return true;
}

bool set_address(Config& config, std::string_view text) {
    config.address = text;
    return !text.empty();
}

bool set_folder(Config& config, std::string_view text) {
    config.folder = text;
    return !text.empty();
}

bool set_pages(Config& config, std::string_view text) {
    config.pages = text;
    return true;
}

// "a, b" as a list; empty for an empty text.
std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(',');
        auto item = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (!item.empty()) out.emplace_back(item);
    }
    return out;
}

// http or https, a host, and nothing behind it.
bool is_origin(std::string_view text) {
    const std::string_view scheme = text.starts_with("https://") ? "https://" : "http://";
    if (!text.starts_with(scheme)) return false;
    text.remove_prefix(scheme.size());
    return !text.empty() && text.find_first_of("/?#@ *") == std::string_view::npos;
}

bool is_address(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

bool set_trusted_proxies(Config& config, std::string_view text) {
    config.trusted_proxies = list_of(text);
    return std::ranges::all_of(config.trusted_proxies, is_address);
}

bool set_public_url(Config& config, std::string_view text) {
    config.public_url = text;
    return text.empty() || is_origin(text);
}

bool set_allowed_origins(Config& config, std::string_view text) {
    config.allowed_origins = list_of(text);
    return std::ranges::all_of(config.allowed_origins, is_origin);
}

bool set_name_zh(Config& config, std::string_view text) {
    config.name_zh = text;
    return !text.empty();
}

bool set_name_en(Config& config, std::string_view text) {
    config.name_en = text;
    return !text.empty();
}

bool set_sender(Config& config, std::string_view text) {
    if (text == "none") config.sender = SenderKind::none;
    if (text == "file") config.sender = SenderKind::file;
    if (text == "smtp") config.sender = SenderKind::smtp;
    return text == "none" || text == "file" || text == "smtp";
}

bool set_smtp_url(Config& config, std::string_view text) {
    config.smtp_url = text;
    return text.empty() || text.starts_with("smtp://") || text.starts_with("smtps://");
}

bool set_mail_from(Config& config, std::string_view text) {
    config.mail_from = text;
    return text.empty() || text.find('@') != std::string_view::npos;
}

bool set_mail_user(Config& config, std::string_view text) {
    config.mail_user = text;
    return true;
}

bool set_mail_password_file(Config& config, std::string_view text) {
    config.mail_password_file = text;
    return true;
}

bool set_mail_tls(Config& config, std::string_view text) {
    config.mail_tls = text == "required";
    return text == "required" || text == "offered";
}

bool set_private_addresses(Config& config, std::string_view text) {
    config.webhooks_private_addresses = text == "allowed";
    return text == "allowed" || text == "refused";
}

bool set_registry_private_addresses(Config& config, std::string_view text) {
    config.registry_private_addresses = text == "allowed";
    return text == "allowed" || text == "refused";
}

// It stands in signed texts and in addresses.
bool set_registry_merchant(Config& config, std::string_view text) {
    constexpr std::size_t kBytesMax = 32;
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    config.registry_merchant = text;
    return !text.empty() && text.size() <= kBytesMax &&
           text.find_first_not_of(kAllowed) == std::string_view::npos;
}

template <auto Member>
void set_number(Config& config, std::int64_t value) {
    auto& member = config.*Member;
    member = static_cast<std::remove_reference_t<decltype(member)>>(value);
}

void set_idle_timeout(Config& config, std::int64_t seconds) {
    config.idle_timeout = base::Duration::seconds(seconds);
}

void set_request_timeout(Config& config, std::int64_t seconds) {
    config.request_timeout = base::Duration::seconds(seconds);
}

void set_token_lifetime(Config& config, std::int64_t minutes) {
    config.token_lifetime = base::Duration::minutes(minutes);
}

void set_person_login(Config& config, std::int64_t days) {
    config.person_login_lifetime = base::Duration::days(days);
}

void set_staff_login(Config& config, std::int64_t hours) {
    config.staff_login_lifetime = base::Duration::hours(hours);
}

constexpr Setting text(std::string_view section, std::string_view key,
                       bool (*set)(Config&, std::string_view), std::string_view choices) {
    return {.section = section, .key = key, .set_text = set, .choices = choices};
}

constexpr std::array kSettings = {
    text("http", "address", set_address, "an IP address"),
    Setting{"http", "port", nullptr, {}, set_number<&Config::port>, 0, 65535},
    Setting{"http", "loops", nullptr, {}, set_number<&Config::loops>, 0, 64},
    Setting{
        "http", "connections_max", nullptr, {}, set_number<&Config::connections_max>, 1, 1'000'000},
    Setting{"http", "idle_seconds", nullptr, {}, set_idle_timeout, 1, 3600},
    Setting{"http", "request_seconds", nullptr, {}, set_request_timeout, 1, 600},
    text("http", "pages", set_pages, "the path of a folder"),
    text("http", "trusted_proxies", set_trusted_proxies, "IP addresses with commas between them"),
    text("http", "public_url", set_public_url, "an address such as https://tickets.example"),
    text("http", "allowed_origins", set_allowed_origins,
         "addresses such as https://shop.example with commas between them"),
    text("site", "name_zh", set_name_zh, "a name"),
    text("site", "name_en", set_name_en, "a name"),
    text("data", "folder", set_folder, "the path of a folder"),
    Setting{"shard", "count", nullptr, {}, set_number<&Config::shards>, 1, 256},
    Setting{"journal", "reserve_mib", nullptr, {}, set_number<&Config::reserve_mib>, 1, 65536},
    Setting{"journal",
            "snapshot_facts",
            nullptr,
            {},
            set_number<&Config::snapshot_facts>,
            10,
            1'000'000'000},
    text("log", "level", set_level, "debug, info, warning or error"),
    Setting{"token", "lifetime_minutes", nullptr, {}, set_token_lifetime, 1, 60 * 24},
    Setting{"token", "person_login_days", nullptr, {}, set_person_login, 1, 365},
    Setting{"token", "staff_login_hours", nullptr, {}, set_staff_login, 1, 24 * 30},
    text("webhooks", "private_addresses", set_private_addresses, "refused or allowed"),
    text("registry", "private_addresses", set_registry_private_addresses, "refused or allowed"),
    text("registry", "merchant", set_registry_merchant,
         "1 to 32 small letters, digits or hyphens"),
    text("messages", "sender", set_sender, "none, file or smtp"),
    text("mail", "smtp_url", set_smtp_url, "smtp://host:port or smtps://host:port"),
    text("mail", "from", set_mail_from, "an e-mail address"),
    text("mail", "user", set_mail_user, "a name"),
    text("mail", "password_file", set_mail_password_file, "the path of a file"),
    text("mail", "tls", set_mail_tls, "required or offered"),
};

const Setting* find_setting(std::string_view section, std::string_view key) {
    const auto found = std::ranges::find_if(kSettings, [&](const Setting& setting) {
        return setting.section == section && setting.key == key;
    });
    return found == kSettings.end() ? nullptr : &*found;
}

std::string full_name(const Setting& setting) {
    return std::string(setting.section) + "." + std::string(setting.key);
}

// Each gives the sentence that is wrong, without its place.
std::optional<std::string> apply_text(const Setting& setting, std::string_view value,
                                      Config& config) {
    if (setting.set_text(config, value)) return std::nullopt;
    return full_name(setting) + " must be " + std::string(setting.choices) + ", not \"" +
           std::string(value) + "\"";
}

std::optional<std::string> apply_number(const Setting& setting, std::int64_t value,
                                        Config& config) {
    if (value < setting.min || value > setting.max) {
        return full_name(setting) + " must be from " + std::to_string(setting.min) + " to " +
               std::to_string(setting.max) + ", not " + std::to_string(value);
    }
    setting.set_number(config, value);
    return std::nullopt;
}

std::optional<std::string> apply_node(const Setting& setting, const toml::node& node,
                                      Config& config) {
    if (setting.set_text != nullptr) {
        const auto value = node.value_exact<std::string>();
        if (!value) return full_name(setting) + " must be a text in quotes";
        return apply_text(setting, *value, config);
    }
    const auto value = node.value_exact<std::int64_t>();
    if (!value) return full_name(setting) + " must be a whole number";
    return apply_number(setting, *value, config);
}

std::string place_of(const std::string& path, const toml::source_region& source) {
    return path + ":" + std::to_string(source.begin.line) + ": ";
}

std::optional<std::string> apply_section(std::string_view name, const toml::node& node,
                                         const std::string& path, Config& config) {
    const bool known =
        std::ranges::any_of(kSettings, [&](const Setting& s) { return s.section == name; });
    if (!known)
        return place_of(path, node.source()) + "there is no setting or section \"" +
               std::string(name) + "\"";
    const auto* table = node.as_table();
    if (table == nullptr)
        return place_of(path, node.source()) + "\"" + std::string(name) +
               "\" must be a section: [" + std::string(name) + "]";
    for (const auto& [key, value] : *table) {
        const Setting* setting = find_setting(name, key.str());
        const std::string place = place_of(path, key.source());
        if (setting == nullptr) {
            return place + "there is no setting \"" + std::string(name) + "." +
                   std::string(key.str()) + "\"";
        }
        if (auto problem = apply_node(*setting, value, config)) return place + *problem;
    }
    return std::nullopt;
}

}  // namespace

ConfigResult read_config(std::string_view content, const std::string& path, Config config) {
    try {
        const toml::table table = toml::parse(content, path);
        for (const auto& [section, node] : table) {
            if (auto problem = apply_section(section.str(), node, path, config))
                return Unexpected{*std::move(problem)};
        }
    } catch (const toml::parse_error& error) {
        return Unexpected{place_of(path, error.source()) + std::string(error.description())};
    }
    return config;
}

ConfigResult apply_variables(Config config, const Variables& variable) {
    for (const Setting& setting : kSettings) {
        std::string name =
            "ONSALE_" + std::string(setting.section) + "_" + std::string(setting.key);
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        });
        const auto value = variable(name);
        if (!value) continue;
        std::optional<std::string> problem;
        std::int64_t number = 0;
        const auto [end, error] =
            std::from_chars(value->data(), value->data() + value->size(), number);
        if (setting.set_text != nullptr) {
            problem = apply_text(setting, *value, config);
        } else if (error != std::errc{} || end != value->data() + value->size()) {
            problem = full_name(setting) + " must be a whole number, not \"" + *value + "\"";
        } else {
            problem = apply_number(setting, number, config);
        }
        if (problem) return Unexpected{"environment variable " + name + ": " + *problem};
    }
    return config;
}

}  // namespace onsale::site
