#include "accounts/internal/names.h"

namespace onsale::accounts {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

NameKind Names::kind_of(std::string_view name) {
    if (name.find('@') != std::string_view::npos) return NameKind::email;
    const bool digit = !name.empty() && name.front() >= '0' && name.front() <= '9';
    return digit ? NameKind::mobile : NameKind::username;
}

NameHash Names::hash(NameKind kind, std::string_view name) const {
    static constexpr std::array<std::string_view, 3> kPrefixes{"username ", "mobile ", "email "};
    return crypto::keyed_hash(name_key_,
                              std::string(kPrefixes[static_cast<std::size_t>(kind)]) + lower(name));
}

NameHash Names::code_hash(const NameHash& target, CodePurpose purpose,
                          std::string_view code) const {
    return crypto::keyed_hash(
        code_key_, std::string(bytes_of(target)) + static_cast<char>(purpose) + std::string(code));
}

}  // namespace onsale::accounts
