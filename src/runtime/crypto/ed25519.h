// Ed25519 signatures (libsodium): anybody who has the public key can check them, without a network
// and without a secret. Signing and checking take 25 to 100 us each, so never on an event loop of a
// rush. Values without an owner; safe from any thread. A signature follows from key and data alone.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "crypto/crypto.h"

namespace onsale::crypto {

using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

class SigningKey {
  public:
    // The pair that follows from a secret of 32 random bytes.
    explicit SigningKey(const Key& seed);
    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    [[nodiscard]] Signature sign(std::string_view data) const;

  private:
    std::array<std::byte, 64> secret_{};
    PublicKey public_key_{};
};

[[nodiscard]] bool is_signed_by(const PublicKey& key, std::string_view data,
                                const Signature& signature);

}  // namespace onsale::crypto
