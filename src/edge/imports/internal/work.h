// Work: one import under way, shared by its check and its execution: what is planned, what the site
// knows of it already, and how far it is. Lives on the imports' executor.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "env/executor.h"
#include "imports/plan.h"
#include "records/store.h"
#include "vault/vault.h"

namespace onsale::imports {

// The parts of the site that imports change. All of them outlive the imports.
struct SiteParts {
    records::Store& records;
    vault::Vault& vault;
    catalog::Catalog& catalog;
};

struct Work {
    SiteParts site;
    env::Executor& executor;
    Plan plan;
    Mistakes mistakes;
    std::optional<Words> trouble;  // why it cannot go on, when no file is to blame

    // What the site has already, by list and session.
    struct ListState {
        std::uint32_t chunks_there = 0;
        bool sealed = false;
        bool faulty = false;
    };
    std::vector<ListState> lists;
    std::vector<bool> session_there;

    std::uint64_t done = 0;  // codes and sessions
    bool changed = false;    // anything of the site
    std::function<void(std::uint64_t done)> progress;
    std::function<bool()> stopping;
    domain::PersonId sender;  // of pictures; 0: who acts for all organisers
    std::function<bool(std::uint64_t organiser)> may_act_for;  // the importer, now

    // Whose lists of codes it may use.
    [[nodiscard]] vault::ListUser list_user() const {
        return {sender.value(), sender.value() == 0};
    }
    void advance(std::uint64_t by) {
        done += by;
        progress(done);
    }
    // The place of a field of a session, which may be its organiser's or its show's.
    [[nodiscard]] Place place_of(const PlannedSession& session, const std::string& field) const;
    void fail(Words words) {
        if (!trouble) trouble = std::move(words);
    }
};
using SharedWork = std::shared_ptr<Work>;

// A list's chunks, as the vault takes them.
[[nodiscard]] std::uint32_t chunk_count(const PlannedList& list);
[[nodiscard]] std::vector<std::string> chunk_of(const PlannedList& list, std::uint32_t index);

// The words for what the site does not take: `field` is the definition's.
void add_site_mistake(Work& work, const PlannedSession& session,
                      const catalog::ChangeResult& result);

// Looks up what only the site knows and changes nothing: lists, chunks and sessions that are there,
// codes and ids that are taken. `done` gets whether the look was completed; what it found is in the
// work.
void check_with_site(const SharedWork& work, base::UniqueFunction<void(bool)> done);

// Does it: pictures, then lists, then sessions. Every step may be repeated, so an import that was
// interrupted is simply run again. `done` gets whether everything was done.
void carry_out(const SharedWork& work, base::UniqueFunction<void(bool)> done);

}  // namespace onsale::imports
