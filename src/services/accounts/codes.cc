#include "accounts/codes.h"

#include <utility>

#include "accounts/internal/shared.h"
#include "accounts/rules.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

messages::Kind message_kind(ContactKind kind) {
    return kind == ContactKind::mobile ? messages::Kind::sms : messages::Kind::mail;
}

messages::Message message_of(const CodeRequest& request, const std::string& code,
                             base::Timestamp expires_at) {
    messages::Message message;
    message.kind = message_kind(request.to.kind);
    message.to = request.to.text;
    message.useless_after = expires_at;
    switch (request.language) {
        case Language::zh:
            message.subject = "您的验证码";
            message.text =
                "您的验证码是 " + code + ",5 分钟内有效。请勿告诉他人;如非本人操作,请忽略。";
            break;
        case Language::en:
            message.subject = "Your code";
            message.text = "Your code is " + code +
                           ". It is good for 5 minutes. Tell it to nobody; if you did not ask for "
                           "it, ignore this message.";
            break;
    }
    return message;
}

// A reset goes only to somebody; what anybody else sees is the same.
AccountResult<bool> is_sent(Shared& shared, sql::Connection& connection,
                            const CodeRequest& request) {
    if (request.purpose != CodePurpose::reset) return true;
    const NameKind kind = Names::kind_of(request.to.kind);
    ONSALE_TRY_ASSIGN(person, shared.people.find(connection, kind, request.to.text));
    return person.has_value();
}

AccountResult<void> write_code(Shared& shared, sql::Connection& connection, const CodeKey& key,
                               const std::string& code) {
    const base::Timestamp now = shared.now();
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(last, CodeTable::sent_at(connection, key.target));
    if (last && now < *last + kCodeResendAfter) {
        return base::Unexpected<AccountError>{{code_too_soon, *last + kCodeResendAfter - now}};
    }
    ONSALE_TRY(CodeTable::prune(connection, now));
    ONSALE_TRY_ASSIGN(count, CodeTable::count(connection));
    if (count >= kCodesMax) return refused(busy);
    ONSALE_TRY(shared.codes.put(connection, key, code, now));
    ONSALE_TRY(transaction.commit());
    return {};
}

AccountResult<CodeSent> send_code(Shared& shared, sql::Connection& connection,
                                  const CodeRequest& request) {
    const CodeKey key{shared.names.hash(request.to), request.purpose};
    const base::Timestamp now = shared.now();
    const CodeSent sent{now + kCodeResendAfter, now + kCodeLifetime};
    const std::string code = random_code(shared.entropy);
    ONSALE_TRY_ASSIGN(wanted, is_sent(shared, connection, request));
    ONSALE_TRY(write_code(shared, connection, key, code));
    if (!wanted) return sent;
    if (shared.outbox.offer(message_of(request, code, sent.expires_at))) return sent;
    // It will never arrive, so nobody has to wait before asking again.
    ONSALE_TRY(CodeTable::remove(connection, key));
    return refused(busy);
}

}  // namespace

std::string_view to_string(Language language) {
    switch (language) {
        case Language::zh:
            return "zh";
        case Language::en:
            return "en";
    }
    return {};
}

std::optional<Language> parse_language(std::string_view text) {
    for (const Language language : {Language::zh, Language::en}) {
        if (to_string(language) == text) return language;
    }
    return std::nullopt;
}

bool Codes::can_send(ContactKind kind) const {
    return shared_->outbox.can_send(message_kind(kind));
}

void Codes::send(CodeRequest request, env::Executor& home, AccountReply<CodeSent> reply) {
    const Answer<CodeSent> answer(home, std::move(reply));
    const bool mobile = request.to.kind == ContactKind::mobile;
    if (mobile && !is_mobile(request.to.text)) return answer.refuse(mobile_invalid);
    if (!mobile && !is_email(request.to.text)) return answer.refuse(email_invalid);
    if (!can_send(request.to.kind)) return answer.refuse(sender_missing);
    const base::Duration wait = shared_->throttle.ask_code(request.address, shared_->now());
    if (wait > base::Duration()) return answer.refuse({too_many_attempts, wait});
    shared_->ask<CodeSent>(
        answer, [shared = shared_, request = std::move(request)](sql::Connection& connection) {
            return send_code(*shared, connection, request);
        });
}

}  // namespace onsale::accounts
