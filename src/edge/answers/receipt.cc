#include "answers/receipt.h"

#include <array>
#include <cstddef>
#include <span>

namespace onsale::answers {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kBodyBytes = 52;
constexpr std::size_t kSignatureBytes = 16;

template <class Integer>
void put(std::string& out, Integer value) {
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
    }
}

template <class Integer>
Integer take(std::string_view& in) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(in[i])} << (8 * i);
    }
    in.remove_prefix(sizeof(Integer));
    return static_cast<Integer>(value);
}

std::string body_of(const Receipt& receipt) {
    std::string body;
    body.reserve(kBodyBytes + kSignatureBytes);
    put(body, kVersion);
    put(body, static_cast<std::uint8_t>(receipt.refusal));
    put(body, receipt.shard.value());
    put(body, receipt.session.value());
    put(body, receipt.campaign.value());
    put(body, receipt.sequence);
    put(body, receipt.ordinal);
    put(body, receipt.free);
    put(body, receipt.at.unix_ms());
    return body;
}

Receipt read_body(std::string_view body) {
    Receipt receipt;
    body.remove_prefix(1);
    receipt.refusal = static_cast<domain::Refusal>(take<std::uint8_t>(body));
    receipt.shard = domain::ShardId(take<std::uint16_t>(body));
    receipt.session = domain::SessionId(take<std::uint64_t>(body));
    receipt.campaign = domain::CampaignId(take<std::uint64_t>(body));
    receipt.sequence = take<std::uint64_t>(body);
    receipt.ordinal = take<std::uint64_t>(body);
    receipt.free = take<std::uint64_t>(body);
    receipt.at = base::Timestamp::from_unix_ms(take<std::int64_t>(body));
    return receipt;
}

}  // namespace

ReceiptSigner::ReceiptSigner(const crypto::Key& master)
    : hmac_(crypto::derive_key(master, "refusal receipt")) {}

std::string ReceiptSigner::sign(const Receipt& receipt) {
    std::string text = body_of(receipt);
    const crypto::Digest signature = hmac_.sign(text);
    for (std::size_t i = 0; i < kSignatureBytes; ++i) text += static_cast<char>(signature[i]);
    return crypto::to_base64url(std::as_bytes(std::span(text)));
}

std::optional<Receipt> ReceiptSigner::parse_receipt(std::string_view text) {
    const auto bytes = crypto::from_base64url(text);
    if (!bytes || bytes->size() != kBodyBytes + kSignatureBytes) return std::nullopt;
    const auto body = std::string_view(*bytes).substr(0, kBodyBytes);
    const auto given = std::string_view(*bytes).substr(kBodyBytes);
    const crypto::Digest signature = hmac_.sign(body);
    const auto expected = std::span(signature).first(kSignatureBytes);
    if (!crypto::equal(expected, std::as_bytes(std::span(given)))) return std::nullopt;
    if (static_cast<std::uint8_t>(body[0]) != kVersion) return std::nullopt;
    if (static_cast<std::uint8_t>(body[1]) >= domain::kRefusals) return std::nullopt;
    return read_body(body);
}

}  // namespace onsale::answers
