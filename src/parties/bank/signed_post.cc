#include "bank/signed_post.h"

#include <utility>

#include "crypto/signed_call.h"

namespace onsale::bank {

http::ClientRequest sign(const Merchant& merchant, SignedPost post, base::Timestamp now) {
    const crypto::CallMark mark =
        crypto::sign_call(merchant.signing_key(), {"POST", post.path, post.body}, now);
    http::ClientRequest request;
    request.method = http::Method::post;
    request.url = merchant.site + post.path;
    request.headers = {{"Content-Type", "application/json"},
                       {std::string(crypto::kPartyHeader), "bank-" + std::to_string(merchant.bank)},
                       {std::string(crypto::kKeyHeader), mark.key},
                       {std::string(crypto::kTimeHeader), mark.time},
                       {std::string(crypto::kSignatureHeader), mark.signature}};
    request.body = std::move(post.body);
    request.deadline = post.deadline;
    request.response_bytes_max = 64 * 1024;
    return request;
}

}  // namespace onsale::bank
