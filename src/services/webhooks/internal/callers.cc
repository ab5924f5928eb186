#include "webhooks/internal/callers.h"

#include <algorithm>
#include <utility>

#include "webhooks/limits.h"

namespace onsale::webhooks {

struct Callers::Caller {
    std::size_t waiting = 0;               // home's
    std::unique_ptr<http::Client> client;  // the thread's
    std::unique_ptr<env::Executor> thread;
};

namespace {

std::string reason_of(http::ClientError error) {
    switch (error) {
        case http::ClientError::unreachable:
            return "no connection could be made to an address that may be called";
        case http::ClientError::unknown:
            return "no answer in time";
        case http::ClientError::too_large:
            return "the answer is too large";
        case http::ClientError::bad_url:
            return "the address cannot be called";
    }
    return {};
}

CallReport report_of(const base::Result<http::ClientResponse, http::ClientError>& answer) {
    if (!answer) return {0, 0, reason_of(answer.error())};
    if (answer->status / 100 == 2) return {answer->status, 0, {}};
    // A redirect is not followed: it could lead anywhere.
    return {answer->status, 0, "answered " + std::to_string(answer->status)};
}

}  // namespace

Callers::Callers(env::Environment& environment, env::Executor& home, ClientFactory make_client,
                 std::size_t threads)
    : clock_(environment.clock()), home_(home), make_client_(std::move(make_client)) {
    for (std::size_t i = 0; i < threads; ++i) {
        auto caller = std::make_shared<Caller>();
        caller->thread =
            environment.make_executor({"webhook-" + std::to_string(i),
                                       "calls webhooks and waits for them", kCallsWaitingMax});
        callers_.push_back(std::move(caller));
    }
}

void Callers::close() {
    for (const auto& caller : callers_) caller->thread->close();
}

bool Callers::call(http::ClientRequest request, base::UniqueFunction<void(CallReport)> report) {
    if (under_way_ == kCallsWaitingMax) return false;
    ++under_way_;
    const auto caller = *std::ranges::min_element(
        callers_, {}, [](const auto& candidate) { return candidate->waiting; });
    ++caller->waiting;
    caller->thread->post([this, waiting = std::weak_ptr(caller), request = std::move(request),
                          report = std::move(report)]() mutable {
        const auto self = waiting.lock();
        if (self == nullptr) return;
        if (self->client == nullptr) self->client = make_client_();
        const std::int64_t begin_us = clock_.monotonic_us();
        CallReport result = report_of(self->client->call(request));
        result.milliseconds = (clock_.monotonic_us() - begin_us) / 1000;
        home_.post([this, self, result = std::move(result), report = std::move(report)]() mutable {
            --self->waiting;
            --under_way_;
            report(std::move(result));
        });
    });
    return true;
}

}  // namespace onsale::webhooks
