// Out of the records, one at a time: whose it is, the letter, and what the mail server said.
#include <algorithm>
#include <utility>

#include "notices/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::notices {
namespace {

using accounts::AccountRefusal;

constexpr auto kAskAgainAfter = base::Duration::seconds(1);

// `first` doubled with each try after the first, up to `most`.
base::Duration doubled(base::Duration first, std::uint32_t tries, base::Duration most) {
    const std::uint32_t doublings = std::min<std::uint32_t>(tries - 1, 20);
    return base::Duration::milliseconds(std::min(first.count_ms() << doublings, most.count_ms()));
}

std::string name_of(const NoticeKey& key) {
    return "notice " + to_string(key);
}

}  // namespace

Waiting* Notices::Impl::find(const NoticeKey& key) {
    const auto found = waiting.find(key);
    return found == waiting.end() ? nullptr : &found->second;
}

// The one whose turn came first.
const Waiting* Notices::Impl::next_due() const {
    const Waiting* next = nullptr;
    const auto before = [](const Waiting& a, const Waiting& b) {
        return std::pair(a.due, a.notice.at) < std::pair(b.due, b.notice.at);
    };
    for (const auto& [key, one] : waiting) {
        if (next == nullptr || before(one, *next)) next = &one;
    }
    return next;
}

void Notices::Impl::send_next() {
    if (under_way) return;
    if (now() < away_until) return pump_after(away_until - now());
    const Waiting* next = next_due();
    if (next == nullptr) return;
    if (next->due > now()) return pump_after(next->due - now());
    const NoticeKey key = next->notice.key;
    under_way = key;
    if (now() - next->notice.at > kUselessAfter) {
        telemetry::log_warning("notices", name_of(key) + " is forgotten: it is too old");
        forgotten_total.add();
        return forget(key);
    }
    address(key);
}

// Who is erased, or has no address, is told nothing.
void Notices::Impl::address(const NoticeKey& key) {
    const Waiting* one = find(key);
    profiles.find(one->notice.person, *executor,
                  [self = weak_from_this(), key](accounts::AccountResult<accounts::Profile> found) {
                      const auto alive = self.lock();
                      if (alive == nullptr || alive->stopping) return;
                      if (!found && found.error().refusal != AccountRefusal::person_unknown)
                          return alive->wait(key, kAskAgainAfter);
                      if (!found || found->email.empty()) return alive->forget(key);
                      alive->give_reason(key, std::move(*found));
                  });
}

void Notices::Impl::give_reason(const NoticeKey& key, accounts::Profile profile) {
    const Notice& notice = find(key)->notice;
    if (notice.kind != NoticeKind::refund_rejected) return dispatch(key, profile, {});
    const auto written = [self = weak_from_this(), key,
                          profile = std::move(profile)](refunds::Notes::Found found) {
        const auto alive = self.lock();
        if (alive == nullptr || alive->stopping) return;
        if (!found || found->empty()) return alive->wait(key, kAskAgainAfter);
        std::string reason = std::move(found->front().review);
        const bool may_come = alive->now() - alive->find(key)->notice.at < kReasonWait;
        if (reason.empty() && may_come) return alive->wait(key, kAskAgainAfter);
        alive->dispatch(key, profile, std::move(reason));
    };
    notes.read({{notice.refund, notice.person}}, *executor, written);
}

void Notices::Impl::dispatch(const NoticeKey& key, const accounts::Profile& profile,
                             std::string reason) {
    const Notice& notice = find(key)->notice;
    const auto session = catalog.directory()->find_session(notice.session);
    if (session == nullptr) return park(key, "its session is not there");
    Circumstances around;
    around.site = options.site;
    around.address = options.address;
    around.show = session->show->name;
    around.starts_at = session->definition->starts_at;
    around.nickname = profile.nickname;
    around.reason = std::move(reason);
    Letter letter = write_letter(notice, around, profile.language);
    messages::Message message;
    message.to = profile.email;
    message.subject = std::move(letter.subject);
    message.text = std::move(letter.text);
    message.name = to_string(key);
    const bool taken = outbox.try_once(
        std::move(message),
        [self = weak_from_this(), key](base::Result<void, messages::SendError> result) {
            const auto alive = self.lock();
            if (alive == nullptr) return;
            alive->executor->post([self, key, result = std::move(result)] {
                if (const auto there = self.lock()) there->sent(key, result);
            });
        });
    if (!taken) wait(key, kAskAgainAfter);
}

// Also while the site stops: a mail that was taken is not sent again.
void Notices::Impl::sent(const NoticeKey& key,
                         const base::Result<void, messages::SendError>& result) {
    if (result) {
        away_tries = 0;
        not_taken = 0;
        sent_total.add();
        return forget(key);
    }
    if (stopping) return;
    const messages::SendError& error = result.error();
    Waiting& one = *find(key);
    if (error.away || not_taken >= kNotTakenMax) {
        away(error.message);
        // Others are asked about first, if it should be this one after all.
        if (!error.away) one.due = now() + kPauseMax;
        return end_of(key);
    }
    away_tries = 0;
    ++not_taken;
    if (!error.again || one.tries + 1 >= kTriesMax) return park(key, error.message);
    try_later(one, error.message);
}

// The server may be back for others before this one's turn comes.
void Notices::Impl::try_later(Waiting& one, const std::string& why) {
    ++one.tries;
    const auto pause = doubled(kPauseMin, one.tries, kPauseMax);
    one.due = now() + pause;
    telemetry::log_warning("notices", name_of(one.notice.key) + " was not taken, attempt " +
                                          std::to_string(one.tries) + ": " + why);
    persist([row = one](sql::Connection& connection) { return set_tries(connection, row); },
            [this, key = one.notice.key] { end_of(key); });
}

void Notices::Impl::wait(const NoticeKey& key, base::Duration delay) {
    find(key)->due = now() + delay;
    end_of(key);
}

void Notices::Impl::away(const std::string& why) {
    ++away_tries;
    if (away_tries == 1) telemetry::log_warning("notices", "the mail server is away: " + why);
    away_until = now() + doubled(kAwayPauseMin, away_tries, kAwayPauseMax);
}

void Notices::Impl::park(const NoticeKey& key, const std::string& why) {
    telemetry::log_error("notices", name_of(key) + " is parked until the next start: " + why);
    parked_total.add();
    persist(
        [key, why](sql::Connection& connection) -> sql::SqlResult<void> {
            ONSALE_TRY_ASSIGN(parked, notices::park(connection, key, why, kParkedMax));
            static_cast<void>(parked);
            return {};
        },
        [this, key] {
            waiting.erase(key);
            end_of(key);
        });
}

void Notices::Impl::forget(const NoticeKey& key) {
    persist([key](sql::Connection& connection) { return delete_waiting(connection, key); },
            [this, key] {
                waiting.erase(key);
                end_of(key);
            });
}

void Notices::Impl::end_of(const NoticeKey& key) {
    if (under_way == key) under_way.reset();
    pump_later();
}

}  // namespace onsale::notices
