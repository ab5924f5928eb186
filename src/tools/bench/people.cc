#include "bench/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "crypto/jwt.h"

namespace onsale::bench {
namespace {

constexpr std::size_t kTryDigits = 6;
constexpr std::size_t kRequestGrowth = 32;  // later persons have longer numbers and tokens

crypto::Hmac signer(const crypto::Key& master, std::string_view audience) {
    return crypto::Hmac(crypto::derive_key(master, "jwt " + std::string(audience)));
}

crypto::Claims claims_of(const TokenOptions& options) {
    return {options.subject, 0, options.audience, options.now, options.now + options.lifetime};
}

}  // namespace

base::Result<crypto::Key, std::string> read_master_key(env::Files& files,
                                                       const std::string& folder) {
    const std::string path = folder + "/keys/master.key";
    const auto text = env::read_file(files, path);
    if (!text) return base::Unexpected{fmt::format("{}: {}", path, env::to_string(text.error()))};
    const auto bytes = crypto::from_hex(std::string_view(*text).substr(0, text->find('\n')));
    crypto::Key key{};
    if (!bytes || bytes->size() != key.size())
        return base::Unexpected{path + ": not 64 hexadecimal digits"};
    std::ranges::copy(std::as_bytes(std::span(*bytes)), key.begin());
    return key;
}

std::string mint_token(const crypto::Key& master, const TokenOptions& options) {
    auto hmac = signer(master, options.audience);
    return crypto::sign_token(claims_of(options), hmac);
}

PeopleRequests::PeopleRequests(const crypto::Key& master, const CrowdRequests& options)
    : first_person_(options.first_person), key_prefix_(options.key_prefix) {
    std::vector<std::string> heads;
    std::vector<std::string> tails;
    for (const std::string& body : options.bodies) {
        heads.push_back(
            fmt::format("POST /api/v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: "
                        "application/json\r\nContent-Length: {}\r\nAuthorization: Bearer ",
                        options.port, body.size()));
        tails.push_back("\r\n\r\n" + body);
        tail_bytes_.push_back(tails.back().size());
    }
    auto hmac = signer(master, "person");
    TokenOptions token;
    token.now = options.now;
    offsets_.reserve(options.people + 1);
    offsets_.push_back(0);
    for (std::uint64_t i = 0; i < options.people; ++i) {
        const std::size_t body = i % tails.size();
        token.subject = person(i);
        bytes_ += heads[body];
        bytes_ += crypto::sign_token(claims_of(token), hmac);
        bytes_ += "\r\nIdempotency-Key: ";
        bytes_ += key(i, 0);
        bytes_ += tails[body];
        offsets_.push_back(bytes_.size());
        if (i == 0) bytes_.reserve((bytes_.size() + kRequestGrowth) * options.people);
    }
}

std::string PeopleRequests::key(std::uint64_t index, std::uint32_t try_number) const {
    return fmt::format("{}-{}-{:06}", key_prefix_, person(index), try_number);
}

// The digits of the try are written where they stand, so that nothing has to be copied.
std::string_view PeopleRequests::request(std::uint64_t index, std::uint32_t try_number) {
    std::size_t at = offsets_[index + 1] - tail_bytes_[index % tail_bytes_.size()];
    for (std::size_t i = 0; i < kTryDigits; ++i) {
        bytes_[--at] = static_cast<char>('0' + try_number % 10);
        try_number /= 10;
    }
    return std::string_view(bytes_).substr(offsets_[index], offsets_[index + 1] - offsets_[index]);
}

}  // namespace onsale::bench
