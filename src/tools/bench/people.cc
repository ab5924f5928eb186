#include "bench/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "crypto/jwt.h"

namespace onsale::bench {
namespace {

constexpr std::size_t kTryDigits = 6;

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
    const std::string tail = "\r\n\r\n" + options.body;
    tail_bytes_ = tail.size();
    const std::string head = fmt::format(
        "POST /api/v1/orders HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: "
        "application/json\r\nContent-Length: {}\r\n"
        "Authorization: Bearer ",
        options.port, options.body.size());
    auto hmac = signer(master, "person");
    TokenOptions token;
    token.now = options.now;
    offsets_.reserve(options.people + 1);
    offsets_.push_back(0);
    for (std::uint64_t i = 0; i < options.people; ++i) {
        token.subject = person(i);
        bytes_ += head;
        bytes_ += crypto::sign_token(claims_of(token), hmac);
        bytes_ += "\r\nIdempotency-Key: ";
        bytes_ += key(i, 0);
        bytes_ += tail;
        offsets_.push_back(bytes_.size());
    }
}

std::string PeopleRequests::key(std::uint64_t index, std::uint32_t try_number) const {
    return fmt::format("{}-{}-{:06}", key_prefix_, person(index), try_number);
}

void PeopleRequests::write(std::uint64_t index, std::uint32_t try_number, std::string& out) const {
    out.assign(bytes_, offsets_[index], offsets_[index + 1] - offsets_[index]);
    std::size_t at = out.size() - tail_bytes_;
    for (std::size_t i = 0; i < kTryDigits; ++i) {
        out[--at] = static_cast<char>('0' + try_number % 10);
        try_number /= 10;
    }
}

}  // namespace onsale::bench
