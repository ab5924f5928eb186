#include "vault/vault.h"

#include <utility>

#include "vault/internal/block_cache.h"
#include "vault/internal/code_store.h"
#include "vault/limits.h"

namespace onsale::vault {
namespace {

using base::Unexpected;

VaultRefusal refusal_of(records::StoreTrouble trouble) {
    switch (trouble) {
        case records::StoreTrouble::busy:
            return VaultRefusal::busy;
        case records::StoreTrouble::storage_full:
            return VaultRefusal::storage_full;
        case records::StoreTrouble::failed:
            break;
    }
    return VaultRefusal::failed;
}

// The value, or the same shape with the store's trouble as its refusal.
template <class T>
T told(sql::SqlResult<T> result) {
    if (result) return std::move(*result);
    auto error = records::to_store_error(result.error());
    T failed;
    failed.refusal = refusal_of(error.trouble);
    failed.message = std::move(error.message);
    return failed;
}

template <class T>
T told_busy() {
    T busy;
    busy.refusal = VaultRefusal::busy;
    return busy;
}

}  // namespace

std::string_view to_string(VaultRefusal refusal) {
    switch (refusal) {
        case VaultRefusal::none:
            return "none";
        case VaultRefusal::list_invalid:
            return "list_invalid";
        case VaultRefusal::chunk_empty:
            return "chunk_empty";
        case VaultRefusal::chunk_too_long:
            return "chunk_too_long";
        case VaultRefusal::chunk_missing:
            return "chunk_missing";
        case VaultRefusal::chunk_differs:
            return "chunk_differs";
        case VaultRefusal::list_too_long:
            return "list_too_long";
        case VaultRefusal::code_invalid:
            return "code_invalid";
        case VaultRefusal::code_repeated:
            return "code_repeated";
        case VaultRefusal::list_sealed:
            return "list_sealed";
        case VaultRefusal::list_unknown:
            return "list_unknown";
        case VaultRefusal::busy:
            return "busy";
        case VaultRefusal::storage_full:
            return "storage_full";
        case VaultRefusal::failed:
            return "failed";
    }
    return "unknown";
}

// Shared with the work that waits on the store, which may outlive the Vault.
struct Vault::Impl {
    Impl(records::Store& store_in, const crypto::Key& master, env::Entropy& entropy,
         const VaultOptions& options)
        : store(store_in),
          codes(master, entropy),
          cache(options.cached_blocks_max),
          derived_key(crypto::derive_key(master, "vault derived codes")) {}

    // On the store's executor.
    sql::SqlResult<bool> fetch(sql::Connection& connection, ListId list, std::uint64_t block) {
        if (cache.holds(list, block)) return true;
        ONSALE_TRY_ASSIGN(loaded, codes.load(connection, list, block));
        if (!loaded) return false;
        cache.put(list, block, std::move(*loaded));
        return true;
    }

    CodeResult read(sql::Connection& connection, ListId list, std::uint64_t position) {
        const std::uint64_t block = position / kCodesPerBlock;
        // The next block first, so that the wanted one is the last to leave the cache.
        const auto next = fetch(connection, list, block + 1);
        const auto wanted = fetch(connection, list, block);
        for (const auto* fetched : {&next, &wanted}) {
            if (*fetched) continue;
            auto error = records::to_store_error(fetched->error());
            return Unexpected{VaultError{refusal_of(error.trouble), std::move(error.message)}};
        }
        auto code = cache.code(list, position);
        if (code) return std::move(*code);
        return Unexpected{
            VaultError{VaultRefusal::list_unknown, "no sealed list has this position"}};
    }

    records::Store& store;
    CodeStore codes;
    BlockCache cache;
    crypto::Key derived_key;
};

sql::SqlResult<std::unique_ptr<Vault>> Vault::create(records::Store& store,
                                                     const crypto::Key& master,
                                                     env::Entropy& entropy,
                                                     const VaultOptions& options) {
    ONSALE_TRY(sql::migrate(store.connection(), "vault", migrations()));
    auto impl = std::make_shared<Impl>(store, master, entropy, options);
    ONSALE_TRY_ASSIGN(same, impl->codes.same_key(store.connection()));
    if (!same)
        return Unexpected{sql::SqlError{sql::ErrorCode::corrupt,
                                        "it was begun with another master key: keys/master.key is "
                                        "damaged or of another site; put your copy of the keys "
                                        "back"}};
    return std::unique_ptr<Vault>(new Vault(std::move(impl)));
}

Vault::Vault(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vault::~Vault() = default;

void Vault::stage_chunk(ChunkPlace place, std::vector<std::string> codes, env::Executor& home,
                        base::UniqueFunction<void(StageResult)> reply) {
    impl_->store.ask<StageResult>(
        home,
        [impl = impl_, place, codes = std::move(codes)](sql::Connection& connection) {
            return told(impl->codes.stage(connection, place, codes));
        },
        std::move(reply), told_busy<StageResult>());
}

void Vault::check_chunk(ChunkPlace place, std::vector<std::string> codes, env::Executor& home,
                        base::UniqueFunction<void(ChunkCheck)> reply) {
    impl_->store.ask<ChunkCheck>(
        home,
        [impl = impl_, place, codes = std::move(codes)](sql::Connection& connection) {
            return told(impl->codes.check(connection, place, codes));
        },
        std::move(reply), told_busy<ChunkCheck>());
}

void Vault::seal(ListId list, ListUser by, env::Executor& home,
                 base::UniqueFunction<void(SealResult)> reply) {
    impl_->store.ask<SealResult>(
        home,
        [impl = impl_, list, by](sql::Connection& connection) {
            return told(impl->codes.seal(connection, list, by));
        },
        std::move(reply), told_busy<SealResult>());
}

SealResult Vault::sealed_list(sql::Connection& connection, ListId list, ListUser by) const {
    return told(impl_->codes.sealed(connection, list, by));
}

std::optional<std::string> Vault::cached_code(ListId list, std::uint64_t position) {
    auto code = impl_->cache.code(list, position);
    // Ordinals are handed out in order: in the middle of a block the next one is fetched, so that a
    // rush does not wait at its end.
    const std::uint64_t next = position / kCodesPerBlock + 1;
    if (code && position % kCodesPerBlock == kCodesPerBlock / 2 &&
        !impl_->cache.holds(list, next)) {
        // When too many wait, reading ahead is the first thing to go.
        (void)impl_->store.post([impl = impl_, list, next](sql::Connection& connection) {
            (void)impl->fetch(connection, list, next);
        });
    }
    return code;
}

void Vault::code(ListId list, std::uint64_t position, env::Executor& home,
                 base::UniqueFunction<void(CodeResult)> reply) {
    if (auto code = cached_code(list, position)) return reply(std::move(*code));
    impl_->store.ask<CodeResult>(
        home,
        [impl = impl_, list, position](sql::Connection& connection) {
            return impl->read(connection, list, position);
        },
        std::move(reply),
        Unexpected{VaultError{VaultRefusal::busy, "too many codes are being read"}});
}

std::string Vault::derived_code(domain::TicketId ticket) const {
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const auto hash = crypto::keyed_hash(impl_->derived_key, std::to_string(ticket.value()));
    std::string code;
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::byte byte : hash) {
        bits = bits << 8 | std::to_integer<std::uint32_t>(byte);
        count += 8;
        for (; count >= 5 && code.size() < 20; count -= 5) {
            code.push_back(kAlphabet[bits >> (count - 5) & 31U]);
        }
        if (code.size() == 20) break;
    }
    return code;
}

}  // namespace onsale::vault
