// preview_sessions: what Catalog::set_up_session() would answer for many sessions, without changing
// anything: whether each is new, there already, or in conflict with what stands in the records. For
// imports, which are checked whole before they begin. Asked from any thread; the look-ups run on
// the records store's executor.
#pragma once

#include <vector>

#include "base/unique_function.h"
#include "catalog/catalog.h"
#include "catalog/definition.h"
#include "domain/offer.h"
#include "env/executor.h"
#include "records/store.h"

namespace onsale::catalog {

// A session that is to be set up. `lists`: its lists of codes as the vault will know them once they
// are sealed.
struct PlannedSetUp {
    SessionDefinition definition;
    std::vector<domain::Addition> lists;
};

// One result for each, in order: `accepted` (it is new), `unchanged`, `invalid`, `conflict`, or
// what the store says of itself (`busy`, `failed`). Whether pictures exist is not asked.
using PreviewReply = base::UniqueFunction<void(std::vector<ChangeResult>)>;
void preview_sessions(records::Store& store, std::vector<PlannedSetUp> planned, env::Executor& home,
                      PreviewReply reply);

}  // namespace onsale::catalog
