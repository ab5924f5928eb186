// A group: what is decided together, committed together and answered together.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "domain/fact.h"
#include "shard/engine.h"

namespace onsale::shard {

struct WaitingReply {
    Reply reply;
    Answer answer;
};
// The task holds what the read has seen. If that never happens (the disk is full), the task is
// dropped and the read runs again.
struct WaitingRead {
    domain::ShardId shard;
    Read read;
    env::Task task;
};

// Somebody who waits for the commit of a group.
struct Waiting {
    env::Executor* home = nullptr;
    std::variant<WaitingReply, WaitingRead> what;

    void run() {
        if (auto* waiting = std::get_if<WaitingReply>(&what)) {
            waiting->reply(waiting->answer);
        } else if (auto& task = std::get<WaitingRead>(what).task; task) {
            task();
        }
    }
};

// Facts of one shard within a group: the row to be written.
struct ShardFacts {
    std::vector<domain::Fact> facts;
    std::string body;
    base::Timestamp time;
};

struct Group {
    std::map<domain::ShardId, ShardFacts> shards;  // only those with facts
    std::vector<Waiting> waiting;
    std::size_t bytes = 0;

    [[nodiscard]] bool has_facts() const { return !shards.empty(); }
    [[nodiscard]] bool empty() const { return shards.empty() && waiting.empty(); }
};

// Hands every waiting caller its answer: one task per executor, however many callers.
void answer_all(std::vector<Waiting> waiting);

}  // namespace onsale::shard
