#include "accounts/internal/first_admin.h"

#include <utility>

#include "telemetry/log.h"

namespace onsale::accounts {
namespace {

constexpr std::string_view kName = "username: ";

}  // namespace

std::string first_admin_text(const std::string& username, const std::string& password) {
    return std::string(kName) + username + "\npassword: " + password + "\n";
}

std::string first_admin_name(const std::string& text) {
    if (!text.starts_with(kName)) return {};
    return text.substr(kName.size(), text.find('\n') - kName.size());
}

void FirstAdmin::keep(env::Files& files, std::string path, domain::PersonId person) {
    files_ = &files;
    path_ = std::move(path);
    person_ = person;
}

void FirstAdmin::password_changed(domain::PersonId person) {
    if (files_ == nullptr || person != person_) return;
    const auto removed = std::exchange(files_, nullptr)->remove(path_);
    if (removed) return;
    telemetry::log_warning("accounts", path_ + " was not removed (" +
                                           std::string(env::to_string(removed.error())) +
                                           "); its password is of no use any more");
}

}  // namespace onsale::accounts
