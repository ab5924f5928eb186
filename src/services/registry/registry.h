// Registry: the other companies that the site works with. An administrator makes a party and gets
// its keys once; its program then says every second that it is there (a heartbeat), as often as
// there are instances of it, and is called where it is (PartyCaller). Parties and keys are records,
// the secrets sealed; instances are only in memory. Any thread may call it. After a crash: parties
// and keys as answered; instances are back within a second.
//
// INVARIANT: nothing that a party sends counts before its signature was checked, and a party that
// is disabled is neither heard nor called.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "http/client.h"
#include "records/store.h"
#include "registry/credentials.h"
#include "registry/internal/directory.h"
#include "registry/limits.h"
#include "registry/party.h"
#include "registry/party_caller.h"
#include "telemetry/metrics.h"

namespace onsale::registry {

enum class RegistryRefusal : std::uint8_t {
    party_unknown,
    number_invalid,
    name_invalid,
    grace_invalid,
    too_many_parties,
    rotation_under_way,  // a former pair is still valid
    busy,
    storage_full,
    failed,  // `message` has the reason
};
struct RegistryError {
    RegistryRefusal refusal = RegistryRefusal::failed;
    std::string message;
};
template <class T>
using RegistryResult = base::Result<T, RegistryError>;

struct PartyWish {
    PartyId id;
    std::string name_zh;
    std::string name_en;
    bool enabled = true;
};
struct PutParty {
    std::optional<Credentials> credentials;  // of a party that was made now
};

struct RegistryOptions {
    bool private_addresses = false;   // instances may be in the own network, and called by http
    std::string site;                 // as parties reach it; empty: unknown
    std::string merchant = "onsale";  // our name at banks
};

// What it works with; all references outlive it.
struct RegistryParts {
    records::Store& store;
    env::Environment& environment;
    const crypto::Key& master;
    telemetry::Metrics& metrics;
    std::function<std::unique_ptr<http::Client>()> make_client;
};

class Registry {
  public:
    // Migrates the tables and reads them: call it before anything was posted to the store.
    static base::Result<std::unique_ptr<Registry>, std::string> create(
        RegistryParts parts, const RegistryOptions& options);
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // Replies are told on `home`.
    template <class T>
    using Reply = base::UniqueFunction<void(RegistryResult<T>)>;
    // Makes a party, or changes its name and whether it is enabled.
    void put(PartyWish wish, env::Executor& home, Reply<PutParty> reply);
    // A new pair of keys. The former one is good for `grace`, and cut off at once for zero.
    void rotate(PartyId party, base::Duration grace, env::Executor& home, Reply<Credentials> reply);

    // Who has signed this request; refusals are counted.
    [[nodiscard]] base::Result<SignedBy, SignatureRefusal> check(const crypto::CallParts& call,
                                                                 const crypto::CallMark& mark);
    [[nodiscard]] base::Result<void, BeatRefusal> beat(const SignedBy& by, const Heartbeat& said);

    // What is known now, in memory.
    [[nodiscard]] std::vector<PartyView> parties(PartyKind kind) const;
    [[nodiscard]] std::optional<PartyView> find(PartyId party) const;
    // Where a browser is sent for this way; nothing: no instance can be used.
    [[nodiscard]] std::optional<PublicPlace> public_place(PartyId party,
                                                          std::string_view way) const;
    // Keys by which the party may have signed what others bring.
    [[nodiscard]] std::vector<crypto::CallKey> keys_of(PartyId party) const;

    // For one thread that may wait, such as an agent's; it may outlive the registry.
    [[nodiscard]] std::unique_ptr<PartyCaller> make_caller() const;
    [[nodiscard]] const RegistryOptions& options() const;

  private:
    struct Impl;
    explicit Registry(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::registry
