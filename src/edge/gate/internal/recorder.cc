#include "gate/internal/recorder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "accounts/limits.h"
#include "gate/call.h"

namespace onsale::gate {
namespace {

constexpr std::uint16_t kBadRequest = 400;
constexpr std::uint16_t kTooMany = 429;
constexpr std::uint16_t kUnavailable = 503;

// The rush, which the journal records; chunks of lists and files, of which only the end matters;
// keeping a login or a bank's instance alive, which is nobody's decision; one's own explanations
// and bills and checks of tickets, which change nothing.
constexpr std::array kUnrecorded = {
    RouteId::place_order,         RouteId::ticket_get,        RouteId::cancel_order,
    RouteId::stage_codes,         RouteId::write_import_file, RouteId::refresh_login,
    RouteId::refresh_staff_login, RouteId::explain,           RouteId::check_ticket,
    RouteId::heartbeat,           RouteId::list_bank_bills};
// Their bodies hold passwords.
constexpr std::array kSecretBodies = {
    RouteId::create_staff, RouteId::change_staff_password, RouteId::log_in_staff,
    // A reason, which is sealed with its person's key only.
    RouteId::set_disabled, RouteId::review_refund, RouteId::settle_refund};
// What strangers are told only after a password was compared, which is held back and costs them
// time. All else they can have by the thousand a second.
constexpr std::array<std::string_view, 3> kComparedCodes = {"wrong_credentials", "account_disabled",
                                                            "staff_only"};

template <class Value, std::size_t Count>
bool contains(const std::array<Value, Count>& list, const Value& value) {
    return std::ranges::find(list, value) != list.end();
}

// The code of an envelope, which stands first in it.
std::string_view code_in(std::string_view body) {
    constexpr std::string_view kBegin = R"({"code":")";
    if (!body.starts_with(kBegin)) return "failed";
    body.remove_prefix(kBegin.size());
    return body.substr(0, body.find('"'));
}

// The person whom a login names, which stands first in it.
domain::PersonId person_in(std::string_view body) {
    constexpr std::string_view kBegin = R"({"person":)";
    std::uint64_t person = 0;
    if (body.starts_with(kBegin)) {
        body.remove_prefix(kBegin.size());
        std::from_chars(body.data(), body.data() + body.size(), person);
    }
    return domain::PersonId(person);
}

// What staff has asked for, as it was sent: their bodies are definitions. Those of people hold
// secrets and personal data, and stay out.
std::string details_of(const RouteRow& row, const http::Request& request) {
    const bool of_staff = row.access == Access::operators || row.access == Access::admin;
    if (!of_staff || contains(kSecretBodies, row.id) || !request.body.starts_with('{')) return {};
    // A byte more than is kept, by which it is seen that something was cut.
    return std::string(request.body.substr(0, accounts::kDetailsBytesMax + 1));
}

}  // namespace

bool is_recorded(const RouteRow& row) {
    return row.method != http::Method::get && !contains(kUnrecorded, row.id);
}

std::string object_of(const RouteRow& row, const http::Request& request) {
    std::string_view rest = row.pattern;
    for (const auto& parameter : request.parameters) {
        const auto begin = rest.find('{');
        if (begin == std::string_view::npos) break;
        const auto end = rest.find('}', begin);
        const auto name = rest.substr(begin + 1, end - begin - 1);
        rest = rest.substr(end + 1);
        if (parse_id(parameter)) return std::string(name) + " " + std::string(parameter);
    }
    return {};
}

Recorder::Recorder(const RouteRow& row, const http::Request& request,
                   std::shared_ptr<http::ResponseSink> behind, accounts::OperationSlot slot)
    : anybody_(row.access == Access::open || row.access == Access::visitor),
      behind_(std::move(behind)),
      slot_(std::move(slot)),
      operation_{{},
                 std::string(row.name),
                 object_of(row, request),
                 {},
                 std::string(request.peer),
                 request.request_id,
                 details_of(row, request)} {}

void Recorder::acted_by(domain::PersonId person) {
    operation_.person = person;
    known_ = true;
}

void Recorder::send(http::Response response) {
    const auto body = response.content();
    const bool done = response.status < kBadRequest;
    if (done && !known_) operation_.person = person_in(body);
    const bool unknown = !known_ && !anybody_;
    // Somebody who is not known yet has tried only if it came to a look at the password.
    const bool in_vain = !known_ && !done && !contains(kComparedCodes, code_in(body));
    const bool no_room = response.status == kTooMany || response.status == kUnavailable;
    if (!unknown && !in_vain && !no_room) write_down(done ? "ok" : code_in(body));
    behind_->send(std::move(response));
}

std::shared_ptr<http::EventStream> Recorder::open_event_stream() {
    return behind_->open_event_stream();
}

void Recorder::abandon() {
    if (known_) write_down("no_answer");
    behind_->abandon();
}

void Recorder::write_down(std::string_view result) {
    operation_.result = result;
    slot_.record(std::move(operation_));
}

}  // namespace onsale::gate
