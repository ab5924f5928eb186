#include "registry/internal/directory.h"

#include <algorithm>
#include <utility>

#include "registry/limits.h"

namespace onsale::registry {
namespace {

using base::Unexpected;

SignatureRefusal refusal_of(crypto::CallRefusal refusal) {
    switch (refusal) {
        case crypto::CallRefusal::malformed:
            return SignatureRefusal::malformed;
        case crypto::CallRefusal::unknown_key:
            return SignatureRefusal::unknown_key;
        case crypto::CallRefusal::wrong_time:
            return SignatureRefusal::wrong_time;
        case crypto::CallRefusal::wrong_signature:
            break;
    }
    return SignatureRefusal::wrong_signature;
}

// Words of a protocol: they stand in logs, metrics and pages.
bool is_word(std::string_view text, std::size_t bytes_max) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    return !text.empty() && text.size() <= bytes_max && std::ranges::all_of(text, allowed);
}

bool are_ways(const std::vector<std::string>& ways) {
    return ways.size() <= kWaysMax && std::ranges::all_of(ways, [](const std::string& way) {
               return is_word(way, kWordBytesMax);
           });
}

const KeyPair* pair_of(const StoredParty& stored, std::uint32_t generation) {
    const auto found = std::ranges::find(stored.keys, generation, &KeyPair::generation);
    return found == stored.keys.end() ? nullptr : &*found;
}

// Old calls matter less and less: an eighth for the new one.
std::int64_t averaged(std::int64_t before_us, std::int64_t latency_us) {
    return before_us == 0 ? latency_us : before_us + (latency_us - before_us) / 8;
}

}  // namespace

void Directory::set(const StoredParty& stored, base::Timestamp now) {
    std::vector<std::uint32_t> good;
    for (const KeyPair& pair : stored.keys) {
        if (stored.party.enabled && pair.is_valid(now)) good.push_back(pair.generation);
    }
    const std::lock_guard lock(mutex_);
    Known& known = parties_[stored.party.id];
    known.stored = stored;
    known.instances.keep_generations(good);
}

std::optional<StoredParty> Directory::find(PartyId party) const {
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(party);
    if (found == parties_.end()) return std::nullopt;
    return found->second.stored;
}

std::size_t Directory::size() const {
    const std::lock_guard lock(mutex_);
    return parties_.size();
}

bool Directory::has_key(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(parties_, [id](const auto& entry) {
        return std::ranges::any_of(entry.second.stored.keys, [id](const KeyPair& pair) {
            return pair.to_party.id == id || pair.to_site.id == id;
        });
    });
}

base::Result<SignedBy, SignatureRefusal> Directory::check(const crypto::CallParts& call,
                                                          const crypto::CallMark& mark,
                                                          base::Timestamp now) const {
    SignedBy by;
    bool enabled = false;
    std::vector<crypto::CallKey> keys;  // at most one: ids are unique
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, known] : parties_) {
            const auto pair = std::ranges::find_if(
                known.stored.keys, [&](const KeyPair& one) { return one.to_site.id == mark.key; });
            if (pair == known.stored.keys.end() || !pair->is_valid(now)) continue;
            by = {id, pair->generation};
            enabled = known.stored.party.enabled;
            keys.push_back(pair->to_site);
        }
    }
    const auto checked = crypto::check_call(keys, call, mark, now);
    if (!checked) return Unexpected{refusal_of(checked.error())};
    if (!enabled) return Unexpected{SignatureRefusal::disabled};
    return by;
}

std::optional<BeatRefusal> Directory::problem_of(const SignedBy& by, const Heartbeat& said) const {
    if (by.party != said.party) return BeatRefusal::wrong_party;
    if (!is_word(said.instance, kInstanceBytesMax)) return BeatRefusal::instance_invalid;
    if (!is_origin(said.url, private_addresses_)) return BeatRefusal::url_invalid;
    if (!said.public_url.empty() && !is_origin(said.public_url, private_addresses_)) {
        return BeatRefusal::public_url_invalid;
    }
    if (!are_ways(said.ways)) return BeatRefusal::ways_invalid;
    return std::nullopt;
}

base::Result<void, BeatRefusal> Directory::beat(const SignedBy& by, const Heartbeat& said,
                                                Moment now) {
    if (const auto problem = problem_of(by, said)) return Unexpected{*problem};
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(by.party);
    // It may have been switched off, or its keys cut off, since the signature was looked at.
    const bool good = found != parties_.end() && found->second.stored.party.enabled;
    const KeyPair* pair = good ? pair_of(found->second.stored, by.generation) : nullptr;
    if (pair == nullptr || !pair->is_valid(now.wall)) return Unexpected{BeatRefusal::wrong_party};
    return found->second.instances.beat(said, by.generation, now);
}

std::optional<Chosen> Directory::choose(PartyId party, std::span<const std::string> tried,
                                        Moment now) {
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(party);
    if (found == parties_.end() || !found->second.stored.party.enabled) return std::nullopt;
    Instance* instance = found->second.instances.choose(tried, now.mono_us);
    if (instance == nullptr) return std::nullopt;
    const KeyPair* pair = pair_of(found->second.stored, instance->generation);
    if (pair == nullptr) return std::nullopt;
    return Chosen{party, instance->said.instance, instance->said.url, pair->to_party,
                  instance->breaker.begin(now.mono_us)};
}

void Directory::ended(const Chosen& chosen, CallEnd end, std::int64_t latency_us, Moment now) {
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(chosen.party);
    Instance* instance =
        found == parties_.end() ? nullptr : found->second.instances.find(chosen.instance);
    if (instance == nullptr) return;  // it has gone meanwhile
    ++instance->calls;
    switch (end) {
        case CallEnd::answered:
            instance->latency_us = averaged(instance->latency_us, latency_us);
            return instance->breaker.succeeded(chosen.ticket);
        case CallEnd::failed:
            ++instance->failures;
            return instance->breaker.failed(chosen.ticket, now.mono_us);
    }
}

std::optional<PublicPlace> Directory::public_place(PartyId party, std::string_view way,
                                                   Moment now) const {
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(party);
    if (found == parties_.end() || !found->second.stored.party.enabled) return std::nullopt;
    const Instance* instance = found->second.instances.choose_public(way, now.mono_us);
    if (instance == nullptr) return std::nullopt;
    const KeyPair* pair = pair_of(found->second.stored, instance->generation);
    if (pair == nullptr) return std::nullopt;
    return PublicPlace{instance->said.public_url, pair->to_party};
}

std::vector<crypto::CallKey> Directory::keys_of(PartyId party, base::Timestamp now) const {
    std::vector<crypto::CallKey> keys;
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(party);
    if (found == parties_.end() || !found->second.stored.party.enabled) return keys;
    for (const KeyPair& pair : found->second.stored.keys) {
        if (pair.is_valid(now)) keys.push_back(pair.to_site);
    }
    return keys;
}

PartyView Directory::view_of(const Known& known, Moment now) {
    PartyView view;
    view.party = known.stored.party;
    for (const KeyPair& pair : known.stored.keys) {
        if (!pair.is_valid(now.wall)) continue;
        view.keys.push_back(
            {pair.generation, pair.to_party.id, pair.to_site.id, pair.created_at, pair.retired_at});
    }
    view.instances = known.instances.view(now.mono_us);
    view.ways = known.instances.ways(now.mono_us);
    return view;
}

std::optional<PartyView> Directory::view(PartyId party, Moment now) const {
    const std::lock_guard lock(mutex_);
    const auto found = parties_.find(party);
    if (found == parties_.end()) return std::nullopt;
    return view_of(found->second, now);
}

std::vector<PartyView> Directory::views(Moment now) const {
    std::vector<PartyView> views;
    const std::lock_guard lock(mutex_);
    views.reserve(parties_.size());
    for (const auto& [id, known] : parties_) views.push_back(view_of(known, now));
    return views;
}

void Directory::forget_old(std::int64_t now_us) {
    const std::lock_guard lock(mutex_);
    for (auto& [id, known] : parties_) known.instances.forget_old(now_us);
}

}  // namespace onsale::registry
