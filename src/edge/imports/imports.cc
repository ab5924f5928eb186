#include "imports/imports.h"

#include <algorithm>

#include "imports/internal/impl.h"
#include "imports/limits.h"
#include "telemetry/log.h"

namespace onsale::imports {
namespace {

constexpr std::size_t kTasksMax = 2048;
constexpr auto kSweepInterval = base::Duration::hours(1);

static_assert(kQuestionsWaitingMax + kChunksAtOnceMax + kSessionsAtOnceMax + 16 < kTasksMax,
              "everything that may wait has room");

ImportRefusal refusal_of(StageRefusal refusal) {
    switch (refusal) {
        case StageRefusal::none:
            return ImportRefusal::none;
        case StageRefusal::name_invalid:
            return ImportRefusal::name_invalid;
        case StageRefusal::piece_missing:
            return ImportRefusal::piece_missing;
        case StageRefusal::file_too_large:
            return ImportRefusal::file_too_large;
        case StageRefusal::import_too_large:
            return ImportRefusal::import_too_large;
        case StageRefusal::too_many_files:
            return ImportRefusal::too_many_files;
        case StageRefusal::storage_full:
            return ImportRefusal::storage_full;
        case StageRefusal::failed:
            break;
    }
    return ImportRefusal::failed;
}

}  // namespace

std::string_view to_string(ImportState state) {
    switch (state) {
        case ImportState::uploading:
            return "uploading";
        case ImportState::checking:
            return "checking";
        case ImportState::faulty:
            return "faulty";
        case ImportState::ready:
            return "ready";
        case ImportState::running:
            return "running";
        case ImportState::done:
            return "done";
        case ImportState::failed:
            break;
    }
    return "failed";
}

std::string_view to_string(ImportOutcome outcome) {
    switch (outcome) {
        case ImportOutcome::accepted:
            return "accepted";
        case ImportOutcome::unchanged:
            return "unchanged";
        case ImportOutcome::none:
            break;
    }
    return "none";
}

void Views::add(ImportView view) {
    const std::lock_guard lock(mutex_);
    views_[view.id] = std::move(view);
    while (views_.size() > kHistoryMax) {
        const auto over = std::ranges::find_if(
            views_, [](const auto& one) { return one.second.state == ImportState::done; });
        views_.erase(over != views_.end() ? over : views_.begin());
    }
}

void Views::forget(std::uint64_t import) {
    const std::lock_guard lock(mutex_);
    views_.erase(import);
}

std::optional<ImportView> Views::find(std::uint64_t import) const {
    const std::lock_guard lock(mutex_);
    const auto found = views_.find(import);
    return found == views_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ImportView> Views::all() const {
    std::vector<ImportView> all;
    const std::lock_guard lock(mutex_);
    for (auto view = views_.rbegin(); view != views_.rend(); ++view) {
        all.push_back(view->second);
        all.back().mistakes.clear();
    }
    return all;
}

Imports::Imports(const Parts& parts)
    : executor_(parts.environment.make_executor(
          {"imports", "checks imports and carries them out, one at a time", kTasksMax})) {
    impl_ = std::make_shared<Impl>(parts, *executor_);
    remove_leftovers(parts.environment.files(), parts.folder);
}

Imports::~Imports() = default;

void Imports::create(std::uint64_t owner, env::Executor& home,
                     base::UniqueFunction<void(Created)> reply) {
    impl_->ask<Created>(home, [owner](Impl& impl) { return impl.create(owner); }, std::move(reply),
                        {ImportRefusal::busy, 0});
}

void Imports::write(std::uint64_t import, Piece piece, env::Executor& home, Reply reply) {
    impl_->ask<ImportRefusal>(
        home, [import, piece = std::move(piece)](Impl& impl) { return impl.write(import, piece); },
        std::move(reply), ImportRefusal::busy);
}

void Imports::check(std::uint64_t import, Importer importer, env::Executor& home, Reply reply) {
    Job job{import, JobKind::check, std::move(importer)};
    impl_->ask<ImportRefusal>(
        home, [job = std::move(job)](Impl& impl) { return impl.take_on(job); }, std::move(reply),
        ImportRefusal::busy);
}

void Imports::start(std::uint64_t import, Importer importer, env::Executor& home, Reply reply) {
    Job job{import, JobKind::start, std::move(importer)};
    impl_->ask<ImportRefusal>(
        home, [job = std::move(job)](Impl& impl) { return impl.take_on(job); }, std::move(reply),
        ImportRefusal::busy);
}

void Imports::remove(std::uint64_t import, env::Executor& home, Reply reply) {
    impl_->ask<ImportRefusal>(
        home, [import](Impl& impl) { return impl.remove(import); }, std::move(reply),
        ImportRefusal::busy);
}

std::optional<ImportView> Imports::view(std::uint64_t import) const {
    return impl_->views.find(import);
}

std::vector<ImportView> Imports::all() const {
    return impl_->views.all();
}

void Imports::stop(env::Task done) {
    impl_->stopping = true;
    executor_->post([impl = impl_, done = std::move(done)]() mutable {
        if (!impl->working) return done();
        impl->on_idle = std::move(done);
    });
}

Imports::Created Imports::Impl::create(std::uint64_t owner) {
    drop_old();
    if (stopping) return {ImportRefusal::busy, 0};
    if (!make_room(owner) || held.size() >= kImportsAtOnceMax)
        return {ImportRefusal::too_many_imports, 0};
    const auto now = parts.environment.clock().wall_now();
    // By the clock, so that a page from before a restart does not take another import for its own.
    last = std::max(last + 1, static_cast<std::uint64_t>(now.unix_ms()));
    const std::string prefix = parts.folder + "/" + std::to_string(last) + ".";
    held.try_emplace(last, Held{Staging(parts.environment.files(), prefix), owner, now});
    ImportView view;
    view.id = last;
    view.owner = owner;
    view.created_at = now;
    views.add(std::move(view));
    return {ImportRefusal::none, last};
}

bool Imports::Impl::make_room(std::uint64_t owner) {
    if (owner == 0) return true;
    const auto is_own = [owner](const auto& one) { return one.second.owner == owner; };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(held, is_own));
    if (count < kImportsPerPersonMax) return true;
    // The oldest, by its number.
    const auto empty = std::ranges::find_if(held, [&](const auto& one) {
        return is_own(one) && one.second.staging.files().empty() && !at_work(one.first);
    });
    return empty != held.end() && remove(empty->first) == ImportRefusal::none;
}

bool Imports::Impl::at_work(std::uint64_t import) const {
    return std::ranges::find(jobs, import, &Job::import) != jobs.end();
}

ImportRefusal Imports::Impl::write(std::uint64_t import, const Piece& piece) {
    if (at_work(import)) return ImportRefusal::import_at_work;
    const auto found = held.find(import);
    if (found == held.end())
        return views.find(import) ? ImportRefusal::import_over : ImportRefusal::import_unknown;
    const auto refusal = found->second.staging.write(piece);
    views.change(import, [&](ImportView& view) {
        view.files = found->second.staging.files();
        view.state = ImportState::uploading;
        view.mistakes.clear();
        view.trouble = {};
    });
    if (refusal == StageRefusal::failed)
        telemetry::log_error("imports", "a piece of an import cannot be written");
    return refusal_of(refusal);
}

ImportRefusal Imports::Impl::take_on(Job job) {
    if (stopping) return ImportRefusal::busy;
    if (at_work(job.import)) return ImportRefusal::import_at_work;
    if (!held.contains(job.import))
        return views.find(job.import) ? ImportRefusal::import_over : ImportRefusal::import_unknown;
    views.change(job.import, [](ImportView& view) {
        view.state = ImportState::checking;
        view.done = 0;
        view.total = 0;
        view.mistakes.clear();
        view.trouble = {};
        view.outcome = ImportOutcome::none;
    });
    jobs.push_back(std::move(job));
    next();
    return ImportRefusal::none;
}

ImportRefusal Imports::Impl::remove(std::uint64_t import) {
    if (at_work(import)) return ImportRefusal::import_at_work;
    const auto found = held.find(import);
    if (found != held.end()) {
        found->second.staging.remove();
        held.erase(found);
    } else if (!views.find(import)) {
        return ImportRefusal::import_unknown;
    }
    views.forget(import);
    return ImportRefusal::none;
}

void Imports::Impl::drop_old() {
    const auto now = parts.environment.clock().wall_now();
    std::vector<std::uint64_t> old;
    for (const auto& [import, one] : held) {
        if (now - one.created_at >= kLifetime && !at_work(import)) old.push_back(import);
    }
    for (const auto import : old) (void)remove(import);
    if (sweeping) return;
    sweeping = true;
    executor.post_after(kSweepInterval, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        self->sweeping = false;
        if (!self->held.empty()) self->drop_old();
    });
}

}  // namespace onsale::imports
