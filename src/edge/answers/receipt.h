// A receipt: the signed proof of a refusal, small enough for a log line or a letter to the support.
// It names the refusal's place in the journal, so that anybody with the site's key can replay to it
// and see why. Signing belongs to one thread (one signer per event loop); parsing is for whoever
// has the master key.
//
//   base64url of:
//    0        1         2       4         12         20         28        36      44       52 68
//    +--------+---------+-------+---------+----------+----------+---------+-------+--------+-----------+
//    | version| refusal | shard | session | campaign | sequence | ordinal | free  | time ms|
//    signature |
//    +--------+---------+-------+---------+----------+----------+---------+-------+--------+-----------+
//   little endian; the signature is the first 16 bytes of HMAC-SHA256 over what stands before it,
//   with derive_key(master, "refusal receipt").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "crypto/crypto.h"
#include "domain/ids.h"
#include "domain/outcome.h"

namespace onsale::answers {

struct Receipt {
    domain::Refusal refusal = domain::Refusal::none;
    domain::ShardId shard;
    domain::SessionId session;
    domain::CampaignId campaign;
    std::uint64_t sequence = 0;  // the journal's position that the refusal rests on
    std::uint64_t ordinal = 0;   // the how-manieth refusal of this reason in the campaign
    std::uint64_t free = 0;
    base::Timestamp at;
    bool operator==(const Receipt&) const = default;
};

class ReceiptSigner {
  public:
    explicit ReceiptSigner(const crypto::Key& master);
    [[nodiscard]] std::string sign(const Receipt& receipt);
    // Nothing for a text that is not one of ours, or was changed.
    [[nodiscard]] std::optional<Receipt> parse_receipt(std::string_view text);

  private:
    crypto::Hmac hmac_;
};

}  // namespace onsale::answers
