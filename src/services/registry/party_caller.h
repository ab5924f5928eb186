// PartyCaller: a signed call to a party. It chooses an instance, signs with the key that this
// instance knows, and waits for the answer or the deadline. What was never sent goes to another
// instance at once; what may have been carried out is the caller's to ask about. Made by the
// registry; belongs to one thread, which it blocks, never an event loop. Keeps nothing.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "http/client.h"
#include "registry/limits.h"
#include "registry/party.h"

namespace onsale::registry {

struct PartyCall {
    PartyId party;
    http::Method method = http::Method::post;
    std::string path;  // with its query: /merchant/v1/deductions
    std::string body;  // JSON, or empty
    base::Duration deadline = kDeadlineDefault;
    std::size_t answer_bytes_max = kAnswerBytesMax;
};

// unreachable: nothing was sent, or no instance can be used; safe to repeat. unknown: it may have
// been carried out, so ask by its reference. refused: the party answered with `status` and `body`.
enum class PartyTrouble : std::uint8_t { unreachable, unknown, refused };
struct PartyFailure {
    PartyTrouble trouble = PartyTrouble::unreachable;
    std::uint16_t status = 0;  // 0: no answer
    std::string body;          // of the answer
    std::string message;       // a sentence for operators, without secrets
};

struct Shared;

class PartyCaller {
  public:
    explicit PartyCaller(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    // The body of an answer of 200 to 299.
    [[nodiscard]] base::Result<std::string, PartyFailure> call(const PartyCall& call);

  private:
    const std::shared_ptr<Shared> shared_;
    std::unique_ptr<http::Client> client_;  // made by the first call, on the thread that uses it
};

}  // namespace onsale::registry
