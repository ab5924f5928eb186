// /api/v1/staff/banks: administrators make banks, switch them on and off, and change their keys.
#include <arpa/inet.h>

#include <array>
#include <utility>

#include "finance/bank_body.h"
#include "finance/internal/resources.h"
#include "gate/api.h"
#include "registry/registry.h"
#include "telemetry/log.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

constexpr std::uint64_t kGraceSecondsDefault =
    static_cast<std::uint64_t>(registry::kGraceDefault.count_ms() / 1000);
constexpr std::uint64_t kGraceSecondsMax =
    static_cast<std::uint64_t>(registry::kGraceMax.count_ms() / 1000);

InstanceBody body_of(const registry::InstanceView& view) {
    InstanceBody body;
    body.instance = view.instance;
    body.url = view.url;
    body.public_url = view.public_url;
    body.ways = view.ways;
    body.in_use = view.in_use;
    body.live = view.live;
    body.serving = view.serving;
    body.breaker = to_string(view.breaker);
    body.key_generation = view.key_generation;
    body.beat_at = base::to_rfc3339(view.beat_at);
    body.beat_age_ms = view.beat_age_ms;
    body.calls = view.calls;
    body.failures = view.failures;
    body.latency_us = view.latency_us;
    return body;
}

StaffBankBody body_of(const registry::PartyView& view) {
    StaffBankBody body;
    body.bank = view.party.id.number.value();
    body.name = {view.party.name_zh, view.party.name_en};
    body.enabled = view.party.enabled;
    body.usable = view.usable();
    body.ways = view.ways;
    body.created_at = base::to_rfc3339(view.party.created_at);
    for (const auto& key : view.keys) {
        body.keys.push_back({key.generation, key.to_party, key.to_site,
                             base::to_rfc3339(key.created_at), std::nullopt});
        if (key.retired_at) body.keys.back().retired_at = base::to_rfc3339(*key.retired_at);
    }
    for (const auto& instance : view.instances) body.instances.push_back(body_of(instance));
    return body;
}

void fail_registry(Call& call, const registry::RegistryError& error) {
    using enum registry::RegistryRefusal;
    switch (error.refusal) {
        case party_unknown:
            return call.fail(Code::bank_unknown);
        case number_invalid:
            return call.fail_field("bank", "is not a number from 1 to 9999");
        case name_invalid:
            return call.fail_field("name", "is not 1 to 40 characters in each language");
        case grace_invalid:
            return call.fail_field("grace_seconds", "is not a number from 0 to 30 days");
        case too_many_parties:
            return call.fail(Code::too_many_parties);
        case rotation_under_way:
            return call.fail(Code::rotation_under_way);
        case busy:
            return call.fail(Code::busy);
        case storage_full:
            return call.fail(Code::storage_full);
        case failed:
            break;
    }
    telemetry::log_error("api", "registry: " + error.message);
    call.fail(Code::internal_error);
}

// An address in digits, or this machine: whoever came by it met no proxy with another name for us.
bool is_plain_host(std::string_view host) {
    const bool six = host.starts_with('[');
    host = six ? host.substr(1, host.find(']') - 1) : host.substr(0, host.find(':'));
    std::array<std::byte, sizeof(in6_addr)> address{};
    const std::string text(host);
    return text == "localhost" ||
           ::inet_pton(six ? AF_INET6 : AF_INET, text.c_str(), address.data()) == 1;
}

// Where the bank reaches us: as configured. On a trial without the setting, as this administrator
// does; nothing if that was by a name, which may be a proxy's for browsers only.
std::optional<registry::CredentialsPlace> place_of(const Call& call) {
    const auto& options = call.api.context.registry.options();
    if (!options.site.empty()) return registry::CredentialsPlace{options.site, options.merchant};
    const std::string_view host = call.request.header("Host");
    if (!is_plain_host(host)) return std::nullopt;
    const std::string scheme = call.request.https ? "https://" : "http://";
    return registry::CredentialsPlace{scheme + std::string(host), options.merchant, true};
}

// The bank of the path, which was looked at before.
registry::PartyId bank_in(const Call& call) {
    return registry::bank_party(parse_id(call.request.parameters[0]).value_or(0));
}

void send_done(Call& call, const std::optional<registry::Credentials>& credentials,
               std::uint16_t status) {
    const registry::PartyId bank = bank_in(call);
    BankDoneBody body{bank.number.value(), std::nullopt};
    const auto place = place_of(call);
    if (credentials && place) {
        body.credentials = {registry::credentials_file_name(bank),
                            registry::credentials_file(*credentials, *place)};
    }
    call.send(status, http::to_json(body));
}

void list(Call call) {
    StaffBanksBody body;
    for (const auto& view : call.api.context.registry.parties(registry::PartyKind::bank)) {
        body.banks.push_back(body_of(view));
    }
    call.send(200, http::to_json(body));
}

void put(Call call) {
    if (!parse_id(call.request.parameters[0])) return call.fail(Code::bank_unknown);
    auto body = http::parse_body<BankWishBody>(call.request.body);
    if (!body) return call.fail(body.error());
    registry::PartyWish wish{bank_in(call), std::move(body->name.zh), std::move(body->name.en),
                             body->enabled.value_or(true)};
    auto& service = call.api.context.registry;
    // The keys are shown once, so nothing is made when the file could not be.
    if (!place_of(call) && !service.find(wish.id)) return call.fail(Code::site_address_unknown);
    env::Executor& home = call.home();
    service.put(
        std::move(wish), home,
        [call = std::move(call)](const registry::RegistryResult<registry::PutParty>& done) mutable {
            if (!done) return fail_registry(call, done.error());
            constexpr std::uint16_t kOk = 200;
            constexpr std::uint16_t kCreated = 201;
            send_done(call, done->credentials, done->credentials ? kCreated : kOk);
        });
}

void rotate(Call call) {
    if (!parse_id(call.request.parameters[0])) return call.fail(Code::bank_unknown);
    const auto body = http::parse_body<RotationBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const std::uint64_t seconds = body->grace_seconds.value_or(kGraceSecondsDefault);
    if (seconds > kGraceSecondsMax) {
        return call.fail_field("grace_seconds", "is not a number from 0 to 30 days");
    }
    if (!place_of(call)) return call.fail(Code::site_address_unknown);
    auto& service = call.api.context.registry;
    env::Executor& home = call.home();
    service.rotate(bank_in(call), base::Duration::seconds(static_cast<std::int64_t>(seconds)), home,
                   [call = std::move(call)](
                       const registry::RegistryResult<registry::Credentials>& credentials) mutable {
                       if (!credentials) return fail_registry(call, credentials.error());
                       send_done(call, *credentials, 200);
                   });
}

http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "banks";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"bank", "Number of the bank", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"admin_only", "invalid_field", "busy", "storage_full"};
    return operation;
}

}  // namespace

void add_staff_bank_routes(http::Router& router, const SharedApi& api) {
    auto list_operation = operation_of(
        "listAllBanks", "Every bank with its keys, without their secrets, and its instances",
        http::schema_of<StaffBanksBody>());
    list_operation.path_parameters.clear();
    list_operation.errors = {"admin_only"};
    add_route(router, api, RouteId::list_all_banks, std::move(list_operation), list);

    auto put_operation = operation_of("putBank", "Make a bank, or change its name or switch it",
                                      http::schema_of<BankDoneBody>());
    put_operation.description =
        "A bank that is made now (201) comes with its credentials file, which is never shown "
        "again.";
    put_operation.request_schema_json = http::schema_of<BankWishBody>();
    put_operation.errors.insert(put_operation.errors.end(),
                                {"too_many_parties", "site_address_unknown"});
    add_route(router, api, RouteId::put_bank, std::move(put_operation), put);

    auto rotate_operation =
        operation_of("rotateBankKeys", "New keys for a bank", http::schema_of<BankDoneBody>());
    rotate_operation.description =
        "The credentials file has the old keys, too, while they are good; it is never shown again. "
        "The bank's program reads it without a restart.";
    rotate_operation.request_schema_json = http::schema_of<RotationBody>();
    rotate_operation.errors.insert(rotate_operation.errors.end(),
                                   {"bank_unknown", "rotation_under_way", "site_address_unknown"});
    add_route(router, api, RouteId::rotate_bank_keys, std::move(rotate_operation), rotate);
}

}  // namespace onsale::finance
