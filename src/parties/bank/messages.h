// The JSON bodies of a bank's pages: what customers and the cashier send and get. One definition
// gives parsing, writing and the API document. Amounts are fen; times are RFC 3339. Plain values;
// nothing to promise after a crash.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace onsale::bank {

struct BankBody {
    std::string name;
    std::string currency;
    std::string public_url;
};
BOOST_DESCRIBE_STRUCT(BankBody, (), (name, currency, public_url))

// A company whose bills this bank pays. Its `site` is the only origin that grants are sent back to.
struct MerchantBody {
    std::string merchant;
    std::string site;
};
BOOST_DESCRIBE_STRUCT(MerchantBody, (), (merchant, site))

struct LoginBody {
    std::string name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (name, password))

// `token` goes into Authorization: Bearer. Customers and tellers have different ones.
struct LoggedInBody {
    std::string token;
    std::string expires_at;
    std::uint64_t number = 0;  // of the customer or the teller
    std::string name;
};
BOOST_DESCRIBE_STRUCT(LoggedInBody, (), (token, expires_at, number, name))

struct CustomerBody {
    std::uint64_t customer = 0;
    std::string name;
    std::int64_t available = 0;
    std::int64_t held = 0;  // set aside for authorisations
    std::string currency;
    std::string state;  // open, disabled, deleted
    std::string created_at;
};
BOOST_DESCRIBE_STRUCT(CustomerBody, (),
                      (customer, name, available, held, currency, state, created_at))

// `amount` is what it changed in the customer's available money; `balance` is what was available
// after it.
struct StatementLineBody {
    std::string transaction;
    std::string kind;  // deposit, withdrawal, hold, release, deduction, bill, refund
    std::string at;
    std::int64_t amount = 0;
    std::int64_t balance = 0;
    std::int64_t held = 0;  // what it changed in the money set aside
    std::optional<std::string> merchant;
    std::optional<std::string> order;
    std::optional<std::string> reference;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(StatementLineBody, (),
                      (transaction, kind, at, amount, balance, held, merchant, order, reference,
                       note))

// `next` goes into `before` for what follows; absent at the end.
struct StatementBody {
    std::vector<StatementLineBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(StatementBody, (), (items, next))

struct NewAuthorisationBody {
    std::string merchant;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
    std::optional<std::uint32_t> minutes;  // 1 to 1440; 30 if absent
    std::optional<std::string> return_to;  // where the browser goes: of the merchant's site only
};
BOOST_DESCRIBE_STRUCT(NewAuthorisationBody, (),
                      (merchant, order, amount, currency, minutes, return_to))

struct AuthorisationBody {
    std::string authorisation;
    std::string merchant;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
    std::string state;  // open, used, expired, closed, revoked
    std::string created_at;
    std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(AuthorisationBody, (),
                      (authorisation, merchant, order, amount, currency, state, created_at,
                       expires_at))

// The token is told once, to whom granted it.
struct GrantedBody {
    AuthorisationBody authorisation;
    std::string token;
    std::uint32_t bank = 0;
    std::optional<std::string> return_url;  // return_to with #token=…&bank=…
};
BOOST_DESCRIBE_STRUCT(GrantedBody, (), (authorisation, token, bank, return_url))

struct AuthorisationsBody {
    std::vector<AuthorisationBody> items;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(AuthorisationsBody, (), (items, next))

// What the cashier's link says, field by field; `return_to` is the link's `return`.
struct BillLinkBody {
    std::string merchant;
    std::string reference;
    std::string order;
    std::int64_t amount = 0;
    std::string currency;
    std::int64_t expires = 0;  // unix seconds, as in the link
    std::string title;
    std::string return_to;
    std::string key;
    std::string signature;
};
BOOST_DESCRIBE_STRUCT(BillLinkBody, (),
                      (merchant, reference, order, amount, currency, expires, title, return_to, key,
                       signature))

struct BillBody {
    std::string merchant;
    std::string reference;
    std::string order;
    std::string title;
    std::int64_t amount = 0;
    std::string currency;
    std::string state;  // open, captured, failed, closed
    std::string expires_at;
    std::string return_to;
    std::optional<std::string> transaction;
};
BOOST_DESCRIBE_STRUCT(BillBody, (),
                      (merchant, reference, order, title, amount, currency, state, expires_at,
                       return_to, transaction))

struct NewConsentBody {
    std::string merchant;
};
BOOST_DESCRIBE_STRUCT(NewConsentBody, (), (merchant))

struct ConsentBody {
    std::uint64_t consent = 0;
    std::string merchant;
    std::string state;  // open, expired, revoked
    std::string created_at;
    std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(ConsentBody, (), (consent, merchant, state, created_at, expires_at))

// The token is told once: the customer hands it to the merchant.
struct ConsentedBody {
    ConsentBody consent;
    std::string token;
};
BOOST_DESCRIBE_STRUCT(ConsentedBody, (), (consent, token))

struct ConsentsBody {
    std::vector<ConsentBody> items;
};
BOOST_DESCRIBE_STRUCT(ConsentsBody, (), (items))

struct ErrorBody {
    std::string code;
    std::string message;
    std::string remedy;
    std::string request_id;
    std::optional<std::string> field;  // which field is wrong
};
BOOST_DESCRIBE_STRUCT(ErrorBody, (), (code, message, remedy, request_id, field))

}  // namespace onsale::bank
