#include "crypto/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "base/check.h"

namespace onsale::crypto {
namespace {

static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(sizeof(Key) >= crypto_generichash_KEYBYTES_MIN &&
              sizeof(Key) <= crypto_generichash_KEYBYTES_MAX);

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

// Not a secret: it makes short_hash ours, and changing it would unbind every idempotency key in
// every journal.
constexpr unsigned char kShortHashKey[crypto_shorthash_siphash24_KEYBYTES + 1] = "onsale:shorthash";

// Picks the fastest code of this processor; C++ makes the first call wait for itself on all
// threads.
void ensure_sodium() {
    static const bool ready = sodium_init() >= 0;
    ONSALE_CHECK(ready);
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
const unsigned char* bytes_of(const Key& key) {
    return reinterpret_cast<const unsigned char*>(key.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

template <std::size_t N>
std::array<std::byte, N> blake2b(const Key& key, std::string_view data) {
    static_assert(N >= crypto_generichash_BYTES_MIN && N <= crypto_generichash_BYTES_MAX);
    ensure_sodium();
    std::array<std::byte, N> out;
    ONSALE_CHECK(crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                    bytes_of(data), data.size(), bytes_of(key), key.size()) == 0);
    return out;
}

struct DigestContextDeleter {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

}  // namespace

Digest sha256(std::span<const std::byte> data) {
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, DigestContextDeleter> context(EVP_MD_CTX_new());
    ONSALE_CHECK(algorithm != nullptr && context != nullptr);
    Digest digest;
    unsigned bytes = 0;
    ONSALE_CHECK(EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1);
    ONSALE_CHECK(EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1);
    ONSALE_CHECK(EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                    &bytes) == 1);
    ONSALE_CHECK(bytes == digest.size());
    return digest;
}

Digest sha256(std::string_view data) {
    return sha256(std::as_bytes(std::span(data)));
}

struct Sha256::Impl {
    std::unique_ptr<EVP_MD_CTX, DigestContextDeleter> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
    ONSALE_CHECK(EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> data) {
    ONSALE_CHECK(EVP_DigestUpdate(impl_->context.get(), data.data(), data.size()) == 1);
}

Digest Sha256::finish() {
    Digest digest;
    ONSALE_CHECK(EVP_DigestFinal_ex(impl_->context.get(),
                                    reinterpret_cast<unsigned char*>(digest.data()), nullptr) == 1);
    return digest;
}

bool equal(std::span<const std::byte> a, std::span<const std::byte> b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(const Key& key, std::string_view plain, std::string_view context,
                 env::Entropy& entropy) {
    ensure_sodium();
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    entropy.fill(std::as_writable_bytes(std::span(sealed)).first(kNonceBytes));
    unsigned char* nonce = bytes_of(sealed);
    ONSALE_CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(
                     nonce + kNonceBytes, nullptr, bytes_of(plain), plain.size(), bytes_of(context),
                     context.size(), nullptr, nonce, bytes_of(key)) == 0);
    return sealed;
}

std::optional<std::string> open(const Key& key, std::string_view sealed, std::string_view context) {
    ensure_sodium();
    if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const std::string_view ciphertext = sealed.substr(kNonceBytes);
    std::string plain(ciphertext.size() - kTagBytes, '\0');
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(plain), nullptr, nullptr, bytes_of(ciphertext), ciphertext.size(),
        bytes_of(context), context.size(), bytes_of(sealed), bytes_of(key));
    if (refused != 0) return std::nullopt;
    return plain;
}

std::array<std::byte, 16> keyed_hash(const Key& key, std::string_view data) {
    return blake2b<16>(key, data);
}

std::uint64_t short_hash(std::string_view data) {
    ensure_sodium();
    unsigned char out[crypto_shorthash_siphash24_BYTES];
    crypto_shorthash_siphash24(out, bytes_of(data), data.size(), kShortHashKey);
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(out); i > 0; --i) value = value << 8 | out[i - 1];
    return value;
}

// The length of the output is part of BLAKE2b's parameters, so a derived key has nothing to do with
// a keyed hash of the same text.
Key derive_key(const Key& master, std::string_view purpose) {
    return blake2b<sizeof(Key)>(master, purpose);
}

std::string hash_password(std::string_view password) {
    ensure_sodium();
    char out[crypto_pwhash_argon2id_STRBYTES];
    ONSALE_CHECK(crypto_pwhash_argon2id_str(out, password.data(), password.size(),
                                            crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                            crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) == 0);
    return out;
}

bool verify_password(std::string_view hash, std::string_view password) {
    ensure_sodium();
    if (hash.size() >= crypto_pwhash_argon2id_STRBYTES) return false;
    char text[crypto_pwhash_argon2id_STRBYTES] = {};
    std::copy(hash.begin(), hash.end(), text);
    return crypto_pwhash_argon2id_str_verify(text, password.data(), password.size()) == 0;
}

}  // namespace onsale::crypto
