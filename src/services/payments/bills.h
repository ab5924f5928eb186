// Bills: what a person has paid and got back at a bank, as the bank tells it with the consent that
// the person made there. The consent is a secret: it is handed on and not kept; its keyed hash
// stands in the records, so that only the person who used it first can use it. Any thread may call
// it; banks are asked on two threads, always the same one for a bank, so that one that is slow
// holds up few others. After a crash nothing is lost but questions, which are asked again.
//
// INVARIANT: a consent is nowhere but in a question and in the call of the bank that made it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/unique_function.h"
#include "crypto/crypto.h"
#include "domain/ids.h"
#include "env/environment.h"
#include "payments/bank_client.h"
#include "records/store.h"
#include "registry/registry.h"

namespace onsale::payments {

inline constexpr std::size_t kConsentBytesMax = 1024;
inline constexpr std::size_t kBillsWaitingMax = 16;  // for each of the threads
inline constexpr std::uint32_t kBillsPerPage = 50;
// A consent is good for 30 days.
inline constexpr auto kConsentsKept = base::Duration::days(31);

enum class BillsRefusal : std::uint8_t {
    bank_unknown,
    bank_away,
    consent_unknown,
    consent_of_other,  // another person used it first
    busy,
    storage_full,
    failed,
};

struct BillsWish {
    domain::PersonId person;
    domain::BankId bank;
    std::string consent;
    std::uint64_t before = 0;  // 0: the newest
};

struct BillsParts {
    records::Store& store;
    env::Environment& environment;
    const crypto::Key& master;
    registry::Registry& registry;
};

class Bills {
  public:
    // Migrates the table: call it before anything was posted to the store.
    static sql::SqlResult<std::unique_ptr<Bills>> create(BillsParts parts);
    ~Bills();
    Bills(const Bills&) = delete;
    Bills& operator=(const Bills&) = delete;

    // No bank is asked any more. From any thread but its own.
    void stop();

    using Page = base::Result<StatementPage, BillsRefusal>;
    // The reply is told on `home`.
    void ask(BillsWish wish, env::Executor& home, base::UniqueFunction<void(Page)> reply);

  private:
    struct Impl;
    explicit Bills(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::payments
