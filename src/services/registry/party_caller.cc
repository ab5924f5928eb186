#include "registry/party_caller.h"

#include <optional>
#include <utility>
#include <vector>

#include "registry/internal/shared.h"

namespace onsale::registry {
namespace {

using base::Unexpected;
using Answer = base::Result<http::ClientResponse, http::ClientError>;

constexpr std::uint16_t kServerError = 500;
constexpr std::int64_t kMicrosecondsPerMs = 1000;
const std::vector<double> kLatencyBounds = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1,
                                            0.25,  0.5,   1,    2.5,   5};

http::ClientRequest request_of(const PartyCall& call, const Chosen& chosen, const Shared& shared) {
    const std::string_view method = http::to_string(call.method);
    const crypto::CallMark mark =
        crypto::sign_call(chosen.key, {.method = method, .path = call.path, .body = call.body},
                          shared.clock.wall_now());
    http::ClientRequest request;
    request.method = call.method;
    request.url = chosen.url + call.path;
    request.headers = {{std::string(crypto::kPartyHeader), shared.merchant},
                       {std::string(crypto::kKeyHeader), mark.key},
                       {std::string(crypto::kTimeHeader), mark.time},
                       {std::string(crypto::kSignatureHeader), mark.signature}};
    if (!call.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    request.body = call.body;
    request.response_bytes_max = call.answer_bytes_max;
    request.reach = shared.private_addresses ? http::Reach::anywhere : http::Reach::public_only;
    return request;
}

PartyFailure failure_of(const Chosen& chosen, http::ClientError error) {
    const std::string who = to_string(chosen.party) + ", instance " + chosen.instance;
    switch (error) {
        case http::ClientError::unreachable:
        case http::ClientError::bad_url:
            return {PartyTrouble::unreachable, 0, {}, who + " cannot be reached"};
        case http::ClientError::unknown:
            return {PartyTrouble::unknown, 0, {}, who + " did not answer in time"};
        case http::ClientError::too_large:
            break;
    }
    return {PartyTrouble::unknown, 0, {}, who + " answered more than is taken"};
}

// Whatever a server says with 500 and above, it may have done it before.
base::Result<std::string, PartyFailure> result_of(const Chosen& chosen, Answer answer) {
    if (!answer) return Unexpected{failure_of(chosen, answer.error())};
    if (answer->status / 100 == 2) return std::move(answer->body);
    const PartyTrouble trouble =
        answer->status >= kServerError ? PartyTrouble::unknown : PartyTrouble::refused;
    const std::uint16_t status = answer->status;
    return Unexpected{
        PartyFailure{trouble, status, std::move(answer->body),
                     to_string(chosen.party) + " answered " + std::to_string(status)}};
}

CallEnd end_of(const Answer& answer) {
    const bool answered = answer.has_value() && answer->status < kServerError;
    return answered ? CallEnd::answered : CallEnd::failed;
}

std::string word_of(const base::Result<std::string, PartyFailure>& result) {
    if (result) return "ok";
    switch (result.error().trouble) {
        case PartyTrouble::unreachable:
            return "unreachable";
        case PartyTrouble::unknown:
            return "unknown";
        case PartyTrouble::refused:
            break;
    }
    return "refused";
}

void count(Shared& shared, PartyId party, const std::string& result) {
    shared.metrics
        .counter("onsale_registry_calls_total", "calls of parties by how they ended",
                 {{"party", label_of(party)}, {"result", result}})
        .add();
}

void observe(Shared& shared, PartyId party, std::int64_t latency_us) {
    constexpr double kMicrosecondsPerSecond = 1e6;
    shared.metrics
        .histogram("onsale_registry_call_seconds", "how long calls of parties take", kLatencyBounds,
                   {{"party", label_of(party)}})
        .observe(static_cast<double>(latency_us) / kMicrosecondsPerSecond);
}

PartyFailure nobody(PartyId party) {
    return {
        PartyTrouble::unreachable, 0, {}, "no instance of " + to_string(party) + " can be used"};
}

}  // namespace

base::Result<std::string, PartyFailure> PartyCaller::call(const PartyCall& call) {
    Shared& shared = *shared_;
    if (client_ == nullptr) client_ = shared.make_client();
    const std::int64_t end_us =
        shared.clock.monotonic_us() + call.deadline.count_ms() * kMicrosecondsPerMs;
    std::vector<std::string> tried;
    std::optional<PartyFailure> last;
    while (true) {
        const Moment begin = shared.now();
        const std::int64_t left_ms = (end_us - begin.mono_us) / kMicrosecondsPerMs;
        const auto chosen = left_ms > 0 ? shared.directory.choose(call.party, tried, begin)
                                        : std::optional<Chosen>();
        if (!chosen) {
            if (!last) count(shared, call.party, "unreachable");
            return Unexpected{last ? *std::move(last) : nobody(call.party)};
        }
        http::ClientRequest request = request_of(call, *chosen, shared);
        request.deadline = base::Duration::milliseconds(left_ms);
        Answer answer = client_->call(request);
        const Moment now = shared.now();
        shared.directory.ended(*chosen, end_of(answer), now.mono_us - begin.mono_us, now);
        observe(shared, call.party, now.mono_us - begin.mono_us);
        auto result = result_of(*chosen, std::move(answer));
        count(shared, call.party, word_of(result));
        if (result || result.error().trouble != PartyTrouble::unreachable) return result;
        last = std::move(result).error();
        tried.push_back(chosen->instance);
    }
}

}  // namespace onsale::registry
