#include "accounts/internal/person_data.h"

#include <array>

namespace onsale::accounts {
namespace {

constexpr std::string_view kDataWhat = "person";

std::string_view digits_of(Gender gender) {
    static constexpr std::array<std::string_view, 4> kDigits{"0", "1", "2", "3"};
    return kDigits[static_cast<std::size_t>(gender)];
}

}  // namespace

// Each text behind its length in four bytes, the lowest first.
std::string pack(const std::vector<std::string_view>& texts) {
    std::string bytes;
    for (const std::string_view text : texts) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes.push_back(static_cast<char>(text.size() >> shift & 0xffU));
        }
        bytes += text;
    }
    return bytes;
}

std::optional<std::vector<std::string>> unpack(std::string_view bytes) {
    std::vector<std::string> texts;
    while (!bytes.empty()) {
        if (bytes.size() < 4) return std::nullopt;
        std::size_t size = 0;
        for (unsigned i = 4; i > 0; --i)
            size = size << 8 | static_cast<unsigned char>(bytes[i - 1]);
        bytes.remove_prefix(4);
        if (bytes.size() < size) return std::nullopt;
        texts.emplace_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return texts;
}

std::string PersonSeal::context(std::string_view what) const {
    return std::string(what) + "/" + std::to_string(person_.value());
}

std::string PersonSeal::seal(std::string_view what, std::string_view plain,
                             env::Entropy& entropy) const {
    return crypto::seal(key_, plain, context(what), entropy);
}

std::optional<std::string> PersonSeal::open(std::string_view what, std::string_view sealed) const {
    return crypto::open(key_, sealed, context(what));
}

// The order is the format: new fields go to the end.
std::string PersonSeal::seal(const PersonData& data, env::Entropy& entropy) const {
    return seal(kDataWhat,
                pack({data.username, data.nickname, digits_of(data.gender), data.avatar,
                      data.mobile, data.email, data.disabled_reason,
                      data.language ? to_string(*data.language) : std::string_view()}),
                entropy);
}

std::optional<PersonData> PersonSeal::open_data(std::string_view sealed) const {
    const auto plain = open(kDataWhat, sealed);
    if (!plain) return std::nullopt;
    auto texts = unpack(*plain);
    if (!texts || texts->size() < 7 || (*texts)[2].size() != 1) return std::nullopt;
    const int gender = (*texts)[2][0] - '0';
    if (gender < 0 || gender > 3) return std::nullopt;
    PersonData data{std::move((*texts)[0]),      std::move((*texts)[1]),
                    static_cast<Gender>(gender), std::move((*texts)[3]),
                    std::move((*texts)[4]),      std::move((*texts)[5]),
                    std::move((*texts)[6]),      {}};
    if (texts->size() > 7) data.language = parse_language((*texts)[7]);
    return data;
}

}  // namespace onsale::accounts
