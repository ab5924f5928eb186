// Repair: brings to the box office what the records call accepted and it does not know. That is so
// only after a restore: the records of a backup are copied after its journal, so they may be a
// moment newer. At an ordinary start nothing is missing and nothing is submitted. Everything is
// harmless to repeat, so a crash in the middle is mended by the next start.
#pragma once

#include <cstdint>
#include <vector>

#include "base/unique_function.h"
#include "boxoffice/box_office.h"
#include "catalog/directory.h"
#include "domain/command.h"
#include "env/environment.h"
#include "shard/engine.h"

namespace onsale::catalog {

// What has to be submitted so that the box office knows this session as the records do, in order.
// Orders, and withdrawals that the records do not name, stay the box office's.
[[nodiscard]] std::vector<domain::Command> missing_commands(const SessionEntry& recorded,
                                                            const boxoffice::BoxOffice& office);

// Compares every session of the directory and submits what is missing, one command after the
// other. `done` runs on `home`, which is where the answers arrive, with how many changed something;
// it does not run when the process is about to end.
void repair(SharedDirectory directory, shard::Engine& engine, env::Executor& home,
            base::UniqueFunction<void(std::uint64_t)> done);

}  // namespace onsale::catalog
