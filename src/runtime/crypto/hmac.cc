#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <utility>

#include "base/check.h"
#include "crypto/crypto.h"

namespace onsale::crypto {
namespace {

struct MacContextDeleter {
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacContextDeleter>;

// Fetching walks OpenSSL's providers, which takes longer than the signature itself: once a process.
EVP_MAC* hmac_algorithm() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    ONSALE_CHECK(algorithm != nullptr);
    return algorithm;
}

}  // namespace

struct Hmac::Impl {
    MacContext context;
};

Hmac::Hmac(const Key& key) : impl_(std::make_unique<Impl>()) {
    impl_->context.reset(EVP_MAC_CTX_new(hmac_algorithm()));
    ONSALE_CHECK(impl_->context != nullptr);
    std::string digest_name = OSSL_DIGEST_NAME_SHA2_256;
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
        OSSL_PARAM_construct_end()};
    ONSALE_CHECK(EVP_MAC_init(impl_->context.get(),
                              reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                              parameters) == 1);
}

Hmac::~Hmac() = default;
Hmac::Hmac(Hmac&&) noexcept = default;

Digest Hmac::sign(std::string_view data) {
    EVP_MAC_CTX* context = impl_->context.get();
    Digest digest;
    std::size_t bytes = 0;
    // Without a key the context starts again from the key schedule that it already has.
    ONSALE_CHECK(EVP_MAC_init(context, nullptr, 0, nullptr) == 1);
    ONSALE_CHECK(EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(data.data()),
                                data.size()) == 1);
    ONSALE_CHECK(EVP_MAC_final(context, reinterpret_cast<unsigned char*>(digest.data()), &bytes,
                               digest.size()) == 1);
    ONSALE_CHECK(bytes == digest.size());
    return digest;
}

}  // namespace onsale::crypto
