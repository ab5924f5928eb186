#include "crypto/ed25519.h"

#include <sodium.h>

#include "base/check.h"

namespace onsale::crypto {
namespace {

static_assert(sizeof(PublicKey) == crypto_sign_PUBLICKEYBYTES);
static_assert(sizeof(Signature) == crypto_sign_BYTES);
static_assert(sizeof(Key) == crypto_sign_SEEDBYTES);

template <class Bytes>
unsigned char* raw_out(Bytes& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}
template <class Bytes>
const unsigned char* raw(const Bytes& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

SigningKey::SigningKey(const Key& seed) {
    static_assert(sizeof(secret_) == crypto_sign_SECRETKEYBYTES);
    ONSALE_CHECK(sodium_init() >= 0);
    ONSALE_CHECK(crypto_sign_seed_keypair(raw_out(public_key_), raw_out(secret_), raw(seed)) == 0);
}

Signature SigningKey::sign(std::string_view data) const {
    Signature signature{};
    ONSALE_CHECK(crypto_sign_detached(raw_out(signature), nullptr, raw(data), data.size(),
                                      raw(secret_)) == 0);
    return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view data, const Signature& signature) {
    return crypto_sign_verify_detached(raw(signature), raw(data), data.size(), raw(key)) == 0;
}

}  // namespace onsale::crypto
