// Submission: a command or a read on its way to the box office of a shard, with whom to tell.
#pragma once

#include <variant>

#include "shard/engine.h"

namespace onsale::shard {

struct Submission {
    domain::ShardId shard;
    std::variant<domain::Command, Read> what;
    env::Executor* home = nullptr;
    Reply reply;
    std::int64_t entered_us = 0;  // on the monotonic clock
};

}  // namespace onsale::shard
