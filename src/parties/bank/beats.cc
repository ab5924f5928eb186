#include "bank/beats.h"

#include <future>
#include <utility>

#include "bank/limits.h"
#include "bank/merchant_messages.h"
#include "bank/signed_post.h"
#include "http/curl_client.h"
#include "http/described.h"
#include "telemetry/log.h"

namespace onsale::bank {

Beats::Beats(Credentials& credentials, Faults& faults, env::Environment& environment)
    : credentials_(credentials),
      faults_(faults),
      clock_(environment.clock()),
      executor_(environment.make_executor(
          {"bank-beats", "tells merchants every second that the bank is there", 64})) {}

Beats::~Beats() {
    executor_->close();
    executor_.reset();
}

void Beats::start(const BeatsOptions& options) {
    executor_->post([this, options] {
        options_ = options;
        client_ = http::make_curl_client();
        beat();
    });
}

void Beats::stop() {
    std::promise<void> stopped;
    executor_->post([this, &stopped] {
        stopping_ = true;
        if (client_) tell_all(false);
        stopped.set_value();
    });
    stopped.get_future().wait();
}

std::string Beats::last_answer(const std::string& merchant) const {
    const std::lock_guard lock(mutex_);
    const auto found = answers_.find(merchant);
    return found == answers_.end() ? "none" : found->second;
}

void Beats::beat() {
    if (stopping_) return;
    // The next one does not wait for slow answers of this one.
    const std::int64_t begun_us = clock_.monotonic_us();
    if (!faults_.settings().silent) tell_all(true);
    const std::int64_t spent_ms = (clock_.monotonic_us() - begun_us) / 1000;
    const base::Duration wait = kBeat - base::Duration::milliseconds(spent_ms);
    executor_->post_after(std::max(wait, base::Duration()), [this] { beat(); });
}

void Beats::tell_all(bool serving) {
    const auto merchants = credentials_.current();
    for (const auto& merchant : *merchants) {
        std::string answer = tell(merchant, serving);
        const std::lock_guard lock(mutex_);
        std::string& last = answers_[merchant.name];
        if (last != answer) {
            telemetry::log_info("bank", "heartbeat to " + merchant.name + ": " + answer);
        }
        last = std::move(answer);
    }
}

std::string Beats::tell(const Merchant& merchant, bool serving) {
    HeartbeatBody body;
    body.kind = "bank";
    body.party = merchant.bank;
    body.instance = options_.instance;
    body.url = options_.url;
    body.public_url = options_.public_url;
    body.ways = {"token", "cashier"};
    body.serving = serving;
    SignedPost post;
    post.path = "/api/v1/registry/heartbeats";
    post.body = http::to_json(body);
    post.deadline = kBeatDeadline;
    const auto answer = client_->call(sign(merchant, std::move(post), clock_.wall_now()));
    if (!answer) return "unreachable";
    return answer->status >= 200 && answer->status < 300 ? "accepted" : "refused";
}

}  // namespace onsale::bank
