#include "bank/books/authorisations.h"

#include <array>
#include <limits>

#include "bank/books/ledger.h"
#include "bank/books/limits.h"
#include "base/check.h"

namespace onsale::books {
namespace {

using base::Unexpected;

constexpr std::string_view kColumns =
    "SELECT a.number, a.customer, a.merchant, m.name, a.order_text, a.amount, a.state, "
    "a.created_at, a.expires_at FROM bank_authorisations a JOIN bank_merchants m ON m.merchant = "
    "a.merchant ";

Authorisation read(const sql::Statement& query) {
    Authorisation authorisation;
    authorisation.number = number(query.integer(0));
    authorisation.customer = number(query.integer(1));
    authorisation.merchant = number(query.integer(2));
    authorisation.merchant_name = query.text(3);
    authorisation.order = query.text(4);
    authorisation.amount = query.integer(5);
    authorisation.state = static_cast<AuthorisationState>(query.integer(6));
    authorisation.created_at = time_of(query.integer(7));
    authorisation.expires_at = time_of(query.integer(8));
    return authorisation;
}

sql::SqlResult<std::vector<Authorisation>> read_all(sql::Statement query) {
    std::vector<Authorisation> all;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return all;
        all.push_back(read(query));
    }
}

template <class T>
Answer<T> refused(Refusal refusal) {
    return base::Result<T, Refusal>(Unexpected{refusal});
}

sql::SqlResult<std::int64_t> count_open(sql::Connection& connection, std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare("SELECT COUNT(*) FROM bank_authorisations WHERE customer "
                                         "= ?1 AND state = 1"));
    query.bind(1, row(customer));
    ONSALE_TRY(query.step());
    return query.integer(0);
}

sql::SqlResult<std::uint64_t> insert(sql::Connection& connection, const NewAuthorisation& made) {
    ONSALE_TRY_ASSIGN(insert,
                      connection.prepare(
                          "INSERT INTO bank_authorisations(customer, merchant, order_text, amount, "
                          "state, created_at, expires_at) VALUES(?1, ?2, ?3, ?4, 1, ?5, ?6) "
                          "RETURNING number"));
    insert.bind(1, row(made.customer)).bind(2, row(made.merchant)).bind(3, made.order);
    insert.bind(4, made.amount).bind(5, row(made.now)).bind(6, row(made.expires_at));
    ONSALE_TRY_ASSIGN(inserted, insert.step());
    ONSALE_CHECK(inserted);
    return number(insert.integer(0));
}

constexpr std::string_view kConsentColumns =
    "SELECT c.number, c.customer, c.merchant, m.name, c.created_at, c.expires_at, c.revoked FROM "
    "bank_consents c JOIN bank_merchants m ON m.merchant = c.merchant ";

Consent read_consent(const sql::Statement& query) {
    Consent consent;
    consent.number = number(query.integer(0));
    consent.customer = number(query.integer(1));
    consent.merchant = number(query.integer(2));
    consent.merchant_name = query.text(3);
    consent.created_at = time_of(query.integer(4));
    consent.expires_at = time_of(query.integer(5));
    consent.revoked = query.integer(6) != 0;
    return consent;
}

sql::SqlResult<std::optional<Consent>> find_consent(sql::Connection& connection,
                                                    std::uint64_t consent) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare(std::string(kConsentColumns) + "WHERE c.number = ?1"));
    query.bind(1, row(consent));
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Consent>();
    return std::optional(read_consent(query));
}

Answer<Consent> answer_consent(sql::Connection& connection, std::uint64_t consent) {
    ONSALE_TRY_ASSIGN(found, find_consent(connection, consent));
    ONSALE_CHECK(found.has_value());
    return base::Result<Consent, Refusal>(*std::move(found));
}

}  // namespace

sql::SqlResult<bool> may_act(sql::Connection& connection, std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(query, connection.prepare("SELECT 1 FROM bank_customers WHERE customer = ?1 "
                                                "AND state = 1"));
    query.bind(1, row(customer));
    return query.step();
}

Answer<Authorisation> grant(sql::Connection& connection, const NewAuthorisation& authorisation) {
    ONSALE_TRY_ASSIGN(allowed, may_act(connection, authorisation.customer));
    if (!allowed) return refused<Authorisation>(Refusal::disabled);
    ONSALE_TRY_ASSIGN(open, count_open(connection, authorisation.customer));
    if (open >= row(kOpenAuthorisationsMax)) return refused<Authorisation>(Refusal::too_many);
    const std::uint64_t customer = authorisation.customer;
    ONSALE_TRY_ASSIGN(available, balance_of(connection, AccountKind::available, customer));
    if (available < authorisation.amount) return refused<Authorisation>(Refusal::insufficient);
    ONSALE_TRY_ASSIGN(made, insert(connection, authorisation));
    const std::array parts{Part{AccountKind::available, customer, -authorisation.amount},
                           Part{AccountKind::held, customer, authorisation.amount}};
    NewTransaction hold{.kind = TransactionKind::hold, .at = authorisation.now};
    hold.amount = authorisation.amount;
    hold.customer = customer;
    hold.merchant = authorisation.merchant;
    hold.order = authorisation.order;
    const std::string name = spell('A', made);
    hold.reference = name;
    ONSALE_TRY(post(connection, hold, parts));
    ONSALE_TRY_ASSIGN(found, find_authorisation(connection, made));
    ONSALE_CHECK(found.has_value());
    return base::Result<Authorisation, Refusal>(*std::move(found));
}

sql::SqlResult<void> release(sql::Connection& connection, const Authorisation& authorisation,
                             AuthorisationState state, base::Timestamp now) {
    ONSALE_CHECK(authorisation.state == AuthorisationState::open);
    ONSALE_TRY_ASSIGN(update, connection.prepare("UPDATE bank_authorisations SET state = ?2 WHERE "
                                                 "number = ?1 AND state = 1"));
    update.bind(1, row(authorisation.number)).bind(2, row(state));
    ONSALE_TRY(update.run());
    ONSALE_CHECK(connection.changes() == 1);
    const std::array parts{
        Part{AccountKind::held, authorisation.customer, -authorisation.amount},
        Part{AccountKind::available, authorisation.customer, authorisation.amount}};
    NewTransaction back{.kind = TransactionKind::release, .at = now};
    back.amount = authorisation.amount;
    back.customer = authorisation.customer;
    back.merchant = authorisation.merchant;
    back.order = authorisation.order;
    const std::string name = spell('A', authorisation.number);
    back.reference = name;
    back.note = to_string(state);
    ONSALE_TRY(post(connection, back, parts));
    return {};
}

Answer<Authorisation> revoke(sql::Connection& connection, std::uint64_t customer,
                             std::uint64_t wanted, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(found, find_authorisation(connection, wanted));
    if (!found || found->customer != customer) return refused<Authorisation>(Refusal::unknown);
    if (found->state == AuthorisationState::revoked) {
        return base::Result<Authorisation, Refusal>(*std::move(found));
    }
    if (found->state != AuthorisationState::open) return refused<Authorisation>(Refusal::not_open);
    ONSALE_TRY(release(connection, *found, AuthorisationState::revoked, now));
    found->state = AuthorisationState::revoked;
    return base::Result<Authorisation, Refusal>(*std::move(found));
}

sql::SqlResult<std::optional<Authorisation>> find_authorisation(sql::Connection& connection,
                                                                std::uint64_t wanted) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kColumns) + "WHERE a.number = ?1"));
    query.bind(1, row(wanted));
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Authorisation>();
    return std::optional(read(query));
}

sql::SqlResult<std::size_t> release_expired(sql::Connection& connection, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare(std::string(kColumns) +
                                  "WHERE a.state = 1 AND a.expires_at <= ?1 ORDER BY a.expires_at "
                                  "LIMIT ?2"));
    query.bind(1, row(now)).bind(2, row(kExpiredAtOnceMax));
    ONSALE_TRY_ASSIGN(expired, read_all(std::move(query)));
    for (const auto& one : expired) {
        ONSALE_TRY(release(connection, one, AuthorisationState::expired, now));
    }
    return expired.size();
}

sql::SqlResult<std::vector<Authorisation>> list_authorisations(sql::Connection& connection,
                                                               std::uint64_t customer,
                                                               std::uint64_t before,
                                                               std::size_t max) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kColumns) +
                                                "WHERE a.customer = ?1 AND a.number < ?2 ORDER BY "
                                                "a.number DESC LIMIT ?3"));
    query.bind(1, row(customer));
    query.bind(2, before == 0 ? std::numeric_limits<std::int64_t>::max() : row(before));
    query.bind(3, row(max));
    return read_all(std::move(query));
}

Answer<Consent> add_consent(sql::Connection& connection, const NewConsent& consent) {
    ONSALE_TRY_ASSIGN(allowed, may_act(connection, consent.customer));
    if (!allowed) return refused<Consent>(Refusal::disabled);
    ONSALE_TRY_ASSIGN(
        count, connection.prepare("SELECT COUNT(*) FROM bank_consents WHERE customer = ?1 AND "
                                  "revoked = 0 AND expires_at > ?2"));
    count.bind(1, row(consent.customer)).bind(2, row(consent.now));
    ONSALE_TRY(count.step());
    if (count.integer(0) >= row(kOpenConsentsMax)) return refused<Consent>(Refusal::too_many);
    count.reset();
    ONSALE_TRY_ASSIGN(
        insert, connection.prepare("INSERT INTO bank_consents(customer, merchant, token_hash, "
                                   "created_at, expires_at) VALUES(?1, ?2, ?3, ?4, ?5) "
                                   "RETURNING number"));
    insert.bind(1, row(consent.customer)).bind(2, row(consent.merchant));
    insert.bind(3, consent.token_hash).bind(4, row(consent.now));
    insert.bind(5, row(consent.now + kConsentLifetime));
    ONSALE_TRY_ASSIGN(inserted, insert.step());
    ONSALE_CHECK(inserted);
    const std::uint64_t made = number(insert.integer(0));
    insert.reset();
    return answer_consent(connection, made);
}

Answer<Consent> revoke_consent(sql::Connection& connection, std::uint64_t customer,
                               std::uint64_t wanted) {
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_consents SET revoked = 1 WHERE number = ?1 "
                                         "AND customer = ?2"));
    update.bind(1, row(wanted)).bind(2, row(customer));
    ONSALE_TRY(update.run());
    if (connection.changes() == 0) return refused<Consent>(Refusal::unknown);
    return answer_consent(connection, wanted);
}

sql::SqlResult<std::vector<Consent>> list_consents(sql::Connection& connection,
                                                   std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare(std::string(kConsentColumns) +
                                         "WHERE c.customer = ?1 ORDER BY c.number DESC LIMIT ?2"));
    query.bind(1, row(customer)).bind(2, row(kPageMax));
    std::vector<Consent> consents;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return consents;
        consents.push_back(read_consent(query));
    }
}

sql::SqlResult<std::optional<Consent>> live_consent(sql::Connection& connection,
                                                    std::uint64_t merchant,
                                                    std::string_view token_hash,
                                                    base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare(std::string(kConsentColumns) +
                                  "WHERE c.token_hash = ?1 AND c.merchant = ?2 AND c.revoked = 0 "
                                  "AND c.expires_at > ?3"));
    query.bind(1, token_hash).bind(2, row(merchant)).bind(3, row(now));
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Consent>();
    return std::optional(read_consent(query));
}

}  // namespace onsale::books
