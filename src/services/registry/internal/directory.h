// Directory: what is known of all parties, in memory: their keys, their instances, and which one is
// called next. One mutex owns it; nothing under it waits for anything. Read and changed from any
// thread; time is handed in. After a crash: parties and keys come back from the records, instances
// by their next heartbeat.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "registry/internal/instances.h"
#include "registry/party.h"

namespace onsale::registry {

struct StoredParty {
    Party party;
    std::vector<KeyPair> keys;  // by generation
};

// An instance that a call goes to, with the key that it knows.
struct Chosen {
    PartyId party;
    std::string instance;
    std::string url;
    crypto::CallKey key;
    std::uint64_t ticket = 0;
};

// failed: nobody answered, or with a status of 500 and above.
enum class CallEnd : std::uint8_t { answered, failed };

// Where a browser is sent, and the key that signs what it carries there.
struct PublicPlace {
    std::string public_url;
    crypto::CallKey key;
};

class Directory {
  public:
    explicit Directory(bool private_addresses) : private_addresses_(private_addresses) {}

    // Takes the place of what was known. Instances of a party that is disabled, and those whose
    // keys are not valid any more, are let go.
    void set(const StoredParty& stored, base::Timestamp now);
    [[nodiscard]] std::optional<StoredParty> find(PartyId party) const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool has_key(std::string_view id) const;

    [[nodiscard]] base::Result<SignedBy, SignatureRefusal> check(const crypto::CallParts& call,
                                                                 const crypto::CallMark& mark,
                                                                 base::Timestamp now) const;
    [[nodiscard]] base::Result<void, BeatRefusal> beat(const SignedBy& by, const Heartbeat& said,
                                                       Moment now);

    [[nodiscard]] std::optional<Chosen> choose(PartyId party, std::span<const std::string> tried,
                                               Moment now);
    void ended(const Chosen& chosen, CallEnd end, std::int64_t latency_us, Moment now);

    [[nodiscard]] std::optional<PublicPlace> public_place(PartyId party, std::string_view way,
                                                          Moment now) const;
    // Keys by which the party signs, those that are valid now.
    [[nodiscard]] std::vector<crypto::CallKey> keys_of(PartyId party, base::Timestamp now) const;

    [[nodiscard]] std::optional<PartyView> view(PartyId party, Moment now) const;
    [[nodiscard]] std::vector<PartyView> views(Moment now) const;  // by kind and number
    void forget_old(std::int64_t now_us);

  private:
    struct Known {
        StoredParty stored;
        Instances instances;
    };
    [[nodiscard]] static PartyView view_of(const Known& known, Moment now);
    [[nodiscard]] std::optional<BeatRefusal> problem_of(const SignedBy& by,
                                                        const Heartbeat& said) const;

    const bool private_addresses_;
    mutable std::mutex mutex_;  // owns parties_
    std::map<PartyId, Known> parties_;
};

}  // namespace onsale::registry
