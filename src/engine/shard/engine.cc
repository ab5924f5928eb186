#include "shard/engine.h"

#include <utility>

#include "base/check.h"
#include "shard/internal/impl.h"

namespace onsale::shard {

base::Result<std::unique_ptr<Engine>, std::string> Engine::start(const Options& options,
                                                                 env::Environment& environment,
                                                                 follow::Feed& feed,
                                                                 telemetry::Metrics& metrics) {
    ONSALE_CHECK(options.shards >= 1 && options.shards <= domain::kShardsMax &&
                 options.shards == feed.shards());
    auto impl = std::make_unique<Impl>(options, environment, feed, metrics);
    ONSALE_TRY(impl->open());
    return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

void Engine::submit(domain::ShardId shard, domain::Command command, env::Executor& home,
                    Reply reply) {
    ONSALE_CHECK(shard.value() < impl_->options.shards);
    impl_->doors.submit({shard, std::move(command), &home, std::move(reply)});
}

void Engine::read(domain::ShardId shard, env::Executor& home, Read read) {
    ONSALE_CHECK(shard.value() < impl_->options.shards);
    impl_->doors.submit({shard, std::move(read), &home, nullptr});
}

domain::ShardId Engine::shard_of(domain::SessionId session) const {
    return domain::shard_of(session, impl_->options.shards);
}

std::uint16_t Engine::shards() const {
    return impl_->options.shards;
}

bool Engine::busy() const {
    return impl_->queued.load(std::memory_order_relaxed) > 0;
}

bool Engine::storage_full() const {
    return impl_->is_storage_full;
}

std::uint64_t Engine::incarnation() const {
    return impl_->incarnation;
}

void Engine::stop(env::Task stopped) {
    impl_->stopping = true;
    impl_->shard_executor->post([impl = impl_.get(), stopped = std::move(stopped)]() mutable {
        impl->on_stopped = std::move(stopped);
        impl->drain();
        impl->finish_if_stopping();
    });
}

std::string Engine::broken_invariant() const {
    for (const auto& shard : impl_->shards) {
        std::string broken = shard.box_office.broken_invariant();
        if (!broken.empty()) return broken;
    }
    return "";
}

std::uint64_t Engine::committed(domain::ShardId shard) const {
    return impl_->committed_sequences[shard.value()];
}

}  // namespace onsale::shard
