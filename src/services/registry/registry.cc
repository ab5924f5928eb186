#include "registry/registry.h"

#include <algorithm>
#include <array>
#include <utility>

#include "registry/internal/impl.h"

namespace onsale::registry {
namespace {

using base::Unexpected;

Unexpected<RegistryError> refused(RegistryRefusal refusal) {
    return Unexpected{RegistryError{refusal, {}}};
}

Unexpected<RegistryError> failed(const sql::SqlError& error) {
    const records::StoreError trouble = records::to_store_error(error);
    switch (trouble.trouble) {
        case records::StoreTrouble::busy:
            return Unexpected{RegistryError{RegistryRefusal::busy, trouble.message}};
        case records::StoreTrouble::storage_full:
            return Unexpected{RegistryError{RegistryRefusal::storage_full, trouble.message}};
        case records::StoreTrouble::failed:
            break;
    }
    return Unexpected{RegistryError{RegistryRefusal::failed, trouble.message}};
}

bool is_name(std::string_view text) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
    const auto characters = std::ranges::count_if(text, begins);
    return characters > 0 && static_cast<std::size_t>(characters) <= kNameCharactersMax &&
           text.size() <= kNameBytesMax && std::ranges::none_of(text, control);
}

std::optional<RegistryRefusal> problem_of(const PartyWish& wish) {
    const std::uint64_t number = wish.id.number.value();
    if (number == 0 || number > kNumberMax) return RegistryRefusal::number_invalid;
    if (!is_name(wish.name_zh) || !is_name(wish.name_en)) return RegistryRefusal::name_invalid;
    return std::nullopt;
}

Credentials credentials_of(const StoredParty& stored, base::Timestamp now) {
    Credentials credentials{stored.party.id, {}};
    for (const KeyPair& pair : stored.keys) {
        if (pair.is_valid(now)) credentials.keys.push_back(pair);
    }
    return credentials;
}

}  // namespace

std::string label_of(PartyId party) {
    return std::string(to_string(party.kind)) + "-" + std::to_string(party.number.value());
}

Registry::Impl::Impl(RegistryParts parts, RegistryOptions o)
    : store(parts.store),
      environment(parts.environment),
      options(std::move(o)),
      shared(std::shared_ptr<Shared>(new Shared{
          parts.environment.clock(), parts.metrics, std::move(parts.make_client),
          options.private_addresses, options.merchant, Directory(options.private_addresses)})),
      table(crypto::derive_key(parts.master, "registry"), parts.environment.entropy()) {}

base::Result<void, std::string> Registry::Impl::open() {
    sql::Connection& connection = store.connection();
    if (auto done = migrate_tables(connection); !done) return Unexpected{done.error().message};
    const auto stored = table.read(connection);
    if (!stored) return Unexpected{stored.error().message};
    for (const StoredParty& one : *stored) shared->directory.set(one, shared->clock.wall_now());
    return {};
}

crypto::CallKey Registry::Impl::new_key() {
    std::array<std::byte, crypto::kKeyIdChars / 2> id{};
    crypto::CallKey key;
    do {
        environment.entropy().fill(id);
        key.id = crypto::to_hex(id);
    } while (shared->directory.has_key(key.id));
    environment.entropy().fill(key.secret);
    return key;
}

KeyPair Registry::Impl::new_pair(std::uint32_t generation) {
    KeyPair pair;
    pair.generation = generation;
    pair.created_at = shared->clock.wall_now();
    pair.to_party = new_key();
    do {
        pair.to_site = new_key();
    } while (pair.to_site.id == pair.to_party.id);
    return pair;
}

RegistryResult<void> Registry::Impl::write(sql::Connection& connection, const StoredParty& stored) {
    const auto written = [&]() -> sql::SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        ONSALE_TRY(table.put_party(connection, stored.party));
        ONSALE_TRY(table.put_keys(connection, stored.party.id, stored.keys));
        return transaction.commit();
    }();
    if (!written) return failed(written.error());
    shared->directory.set(stored, shared->clock.wall_now());
    return {};
}

RegistryResult<PutParty> Registry::Impl::put(sql::Connection& connection, const PartyWish& wish) {
    std::optional<StoredParty> known = shared->directory.find(wish.id);
    const bool is_new = !known.has_value();
    if (is_new && shared->directory.size() >= kPartiesMax) {
        return refused(RegistryRefusal::too_many_parties);
    }
    StoredParty stored = known ? *std::move(known) : StoredParty{};
    if (is_new) {
        stored.party.id = wish.id;
        stored.party.created_at = shared->clock.wall_now();
        stored.keys.push_back(new_pair(1));
    }
    stored.party.name_zh = wish.name_zh;
    stored.party.name_en = wish.name_en;
    stored.party.enabled = wish.enabled;
    ONSALE_TRY(write(connection, stored));
    PutParty answer;
    if (is_new) answer.credentials = credentials_of(stored, shared->clock.wall_now());
    return answer;
}

RegistryResult<Credentials> Registry::Impl::rotate(sql::Connection& connection, PartyId party,
                                                   base::Duration grace) {
    std::optional<StoredParty> stored = shared->directory.find(party);
    if (!stored) return refused(RegistryRefusal::party_unknown);
    const base::Timestamp now = shared->clock.wall_now();
    const bool at_once = grace == base::Duration();
    const auto is_valid = [now](const KeyPair& pair) { return pair.is_valid(now); };
    const auto valid = std::ranges::count_if(stored->keys, is_valid);
    // A third pair would cut off the first before its grace is over.
    if (valid > 1 && !at_once) return refused(RegistryRefusal::rotation_under_way);
    for (KeyPair& pair : stored->keys) {
        if (pair.is_valid(now)) pair.retired_at = now + grace;
    }
    stored->keys.push_back(new_pair(stored->keys.back().generation + 1));
    if (stored->keys.size() > kKeyPairsKept) stored->keys.erase(stored->keys.begin());
    ONSALE_TRY(write(connection, *stored));
    return credentials_of(*stored, now);
}

base::Result<std::unique_ptr<Registry>, std::string> Registry::create(
    RegistryParts parts, const RegistryOptions& options) {
    auto impl = std::make_shared<Impl>(std::move(parts), options);
    ONSALE_TRY(impl->open());
    return std::unique_ptr<Registry>(new Registry(std::move(impl)));
}

Registry::Registry(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Registry::~Registry() = default;

void Registry::put(PartyWish wish, env::Executor& home, Reply<PutParty> reply) {
    using Result = RegistryResult<PutParty>;
    if (const auto problem = problem_of(wish)) {
        home.post(
            [problem = *problem, reply = std::move(reply)]() mutable { reply(refused(problem)); });
        return;
    }
    impl_->store.ask<Result>(
        home,
        [impl = impl_, wish = std::move(wish)](sql::Connection& connection) {
            return impl->put(connection, wish);
        },
        std::move(reply), refused(RegistryRefusal::busy));
}

void Registry::rotate(PartyId party, base::Duration grace, env::Executor& home,
                      Reply<Credentials> reply) {
    using Result = RegistryResult<Credentials>;
    if (grace < base::Duration() || grace > kGraceMax) {
        home.post([reply = std::move(reply)]() mutable {
            reply(refused(RegistryRefusal::grace_invalid));
        });
        return;
    }
    impl_->store.ask<Result>(
        home,
        [impl = impl_, party, grace](sql::Connection& connection) {
            return impl->rotate(connection, party, grace);
        },
        std::move(reply), refused(RegistryRefusal::busy));
}

base::Result<SignedBy, SignatureRefusal> Registry::check(const crypto::CallParts& call,
                                                         const crypto::CallMark& mark) {
    auto by = impl_->shared->directory.check(call, mark, impl_->shared->clock.wall_now());
    if (!by) {
        impl_->shared->metrics
            .counter("onsale_registry_refused_total", "signed requests that were refused",
                     {{"reason", std::string(to_string(by.error()))}})
            .add();
    }
    return by;
}

base::Result<void, BeatRefusal> Registry::beat(const SignedBy& by, const Heartbeat& said) {
    auto taken = impl_->shared->directory.beat(by, said, impl_->shared->now());
    if (taken) impl_->watch_soon();
    return taken;
}

std::vector<PartyView> Registry::parties(PartyKind kind) const {
    std::vector<PartyView> views = impl_->shared->directory.views(impl_->shared->now());
    std::erase_if(views, [kind](const PartyView& view) { return view.party.id.kind != kind; });
    return views;
}

std::optional<PartyView> Registry::find(PartyId party) const {
    return impl_->shared->directory.view(party, impl_->shared->now());
}

std::optional<PublicPlace> Registry::public_place(PartyId party, std::string_view way) const {
    return impl_->shared->directory.public_place(party, way, impl_->shared->now());
}

std::vector<crypto::CallKey> Registry::keys_of(PartyId party) const {
    return impl_->shared->directory.keys_of(party, impl_->shared->clock.wall_now());
}

std::unique_ptr<PartyCaller> Registry::make_caller() const {
    return std::make_unique<PartyCaller>(impl_->shared);
}

const RegistryOptions& Registry::options() const {
    return impl_->options;
}

}  // namespace onsale::registry
