// The few primitives that the project needs, each a thin cover over OpenSSL or libsodium: nothing
// of ours is invented here. All functions are safe from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "env/entropy.h"

namespace onsale::crypto {

using Digest = std::array<std::byte, 32>;
using Key = std::array<std::byte, 32>;

[[nodiscard]] Digest sha256(std::span<const std::byte> data);
[[nodiscard]] Digest sha256(std::string_view data);

// SHA-256 of what is too long for memory, piece by piece. One object for one digest.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    void update(std::span<const std::byte> data);
    [[nodiscard]] Digest finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// HMAC-SHA256 with the key schedule computed once; one object per thread or guarded by the caller.
class Hmac {
  public:
    explicit Hmac(const Key& key);
    ~Hmac();
    Hmac(Hmac&&) noexcept;
    [[nodiscard]] Digest sign(std::string_view data);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Equal in constant time.
[[nodiscard]] bool equal(std::span<const std::byte> a, std::span<const std::byte> b);

// XChaCha20-Poly1305 (libsodium). The sealed text is nonce (24 bytes) + ciphertext + tag (16
// bytes). `context` is authenticated, not stored.
[[nodiscard]] std::string seal(const Key& key, std::string_view plain, std::string_view context,
                               env::Entropy& entropy);
[[nodiscard]] std::optional<std::string> open(const Key& key, std::string_view sealed,
                                              std::string_view context);

// BLAKE2b-128, keyed: 16 bytes that reveal nothing without the key and are equal for equal data.
[[nodiscard]] std::array<std::byte, 16> keyed_hash(const Key& key, std::string_view data);
// SipHash-2-4: 64 bits, for idempotency keys and body hashes. Same inputs, same value, on every
// machine.
[[nodiscard]] std::uint64_t short_hash(std::string_view data);
// A key for `purpose`, derived from a master key (BLAKE2b).
[[nodiscard]] Key derive_key(const Key& master, std::string_view purpose);

// Argon2id with libsodium's interactive limits: tens of milliseconds and 64 MiB, so never on an
// event loop.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool verify_password(std::string_view hash, std::string_view password);

[[nodiscard]] std::string to_hex(std::span<const std::byte> bytes);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);
[[nodiscard]] std::string to_base64url(std::span<const std::byte> bytes);  // without padding
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace onsale::crypto
