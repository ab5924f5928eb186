#include <algorithm>
#include <utility>

#include "catalog/preview.h"
#include "imports/internal/steps.h"
#include "imports/internal/work.h"
#include "telemetry/log.h"
#include "vault/limits.h"

namespace onsale::imports {
namespace {

struct ChunkPlace {
    std::size_t list = 0;
    std::uint32_t index = 0;
};

std::vector<ChunkPlace> all_chunks(const Plan& plan) {
    std::vector<ChunkPlace> chunks;
    for (std::size_t list = 0; list < plan.lists.size(); ++list) {
        for (std::uint32_t i = 0; i < chunk_count(plan.lists[list]); ++i)
            chunks.push_back({list, i});
    }
    return chunks;
}

void list_differs(Work& work, std::size_t number) {
    auto& state = work.lists[number];
    if (std::exchange(state.faulty, true)) return;
    const auto& list = work.plan.lists[number];
    const std::string id = std::to_string(list.list);
    work.mistakes.add(
        list.place,
        {"本站的券码列表 " + id + " 内容不同", "the list " + id + " of this site has other codes"},
        {"请使用新的列表编号", "use a new number for the list"});
}

StepEnd chunk_checked(Work& work, ChunkPlace place, const vault::ChunkCheck& check) {
    auto& state = work.lists[place.list];
    const auto& list = work.plan.lists[place.list];
    switch (check.refusal) {
        case vault::VaultRefusal::none:
            break;
        case vault::VaultRefusal::busy:
            return StepEnd::again;
        case vault::VaultRefusal::chunk_differs:
        case vault::VaultRefusal::list_sealed:
        case vault::VaultRefusal::list_unknown:  // somebody else's
            list_differs(work, place.list);
            break;
        case vault::VaultRefusal::code_repeated:
            for (const auto line : check.repeated) {
                const auto first = place.index * vault::kCodesPerChunkMax;
                work.mistakes.add({list.codes.file, list.codes.first_line + first + line - 1, 1},
                                  {"该券码已存在于本站", "this code is on the site already"},
                                  {"请删除该行", "remove the line"});
            }
            break;
        case vault::VaultRefusal::list_invalid:
        case vault::VaultRefusal::chunk_empty:
        case vault::VaultRefusal::chunk_too_long:
        case vault::VaultRefusal::chunk_missing:
        case vault::VaultRefusal::list_too_long:
        case vault::VaultRefusal::code_invalid:
        case vault::VaultRefusal::storage_full:
        case vault::VaultRefusal::failed:
            telemetry::log_error("imports", "a list cannot be looked up: " + check.message);
            work.fail({"无法读取券码库", "the codes of the site cannot be read"});
            return StepEnd::stop;
    }
    if (check.there) ++state.chunks_there;
    state.sealed = check.sealed;
    const bool last = place.index + 1 == chunk_count(list);
    if (last && check.list_count > list.codes.list.size()) list_differs(work, place.list);
    work.advance(list.codes.list.size() / chunk_count(list));
    return work.mistakes.full() || work.stopping() ? StepEnd::stop : StepEnd::done;
}

std::vector<catalog::PlannedSetUp> look_of(const Plan& plan, std::size_t first, std::size_t end) {
    std::vector<catalog::PlannedSetUp> look;
    for (std::size_t i = first; i < end; ++i) {
        catalog::PlannedSetUp planned{plan.definition_of(plan.sessions[i]), {}};
        for (const auto& pool : planned.definition.pools) {
            if (!pool.list) continue;
            for (const auto& list : plan.lists) {
                if (list.list == *pool.list) planned.lists.push_back(list.stock);
            }
        }
        look.push_back(std::move(planned));
    }
    return look;
}

StepEnd sessions_checked(Work& work, std::size_t first,
                         const std::vector<catalog::ChangeResult>& results) {
    for (const auto& result : results) {
        if (result.kind == catalog::ChangeKind::busy) return StepEnd::again;
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& result = results[i];
        switch (result.kind) {
            case catalog::ChangeKind::accepted:
                break;
            case catalog::ChangeKind::unchanged:
                work.session_there[first + i] = true;
                break;
            case catalog::ChangeKind::invalid:
            case catalog::ChangeKind::conflict:
                add_site_mistake(work, work.plan.sessions[first + i], result);
                break;
            case catalog::ChangeKind::refused:
            case catalog::ChangeKind::busy:
            case catalog::ChangeKind::storage_full:
            case catalog::ChangeKind::stopping:
            case catalog::ChangeKind::failed:
                telemetry::log_error("imports", "sessions cannot be looked up: " + result.message);
                work.fail({"无法读取目录", "the catalogue cannot be read"});
                return StepEnd::stop;
        }
    }
    work.advance(results.size());
    return work.mistakes.full() || work.stopping() ? StepEnd::stop : StepEnd::done;
}

void check_sessions(const SharedWork& work, base::UniqueFunction<void(bool)> done) {
    const auto all = work->plan.sessions.size();
    const auto looks = (all + kSessionsPerLookMax - 1) / kSessionsPerLookMax;
    auto begin = [work, all](std::size_t index, Steps::Reply reply) {
        const auto first = index * kSessionsPerLookMax;
        const auto end = std::min(all, first + kSessionsPerLookMax);
        catalog::preview_sessions(
            work->site.records, look_of(work->plan, first, end), work->executor,
            [work, first,
             reply = std::move(reply)](const std::vector<catalog::ChangeResult>& results) mutable {
                reply(sessions_checked(*work, first, results));
            });
    };
    Steps::run(work->executor, {looks, 2}, std::move(begin),
               [work, done = std::move(done)](Steps::Ended ended) mutable {
                   if (ended == Steps::Ended::too_busy)
                       work->fail({"系统繁忙,请稍后重试", "the site is busy; try again later"});
                   done(ended == Steps::Ended::complete);
               });
}

}  // namespace

void check_with_site(const SharedWork& work, base::UniqueFunction<void(bool)> done) {
    work->lists.assign(work->plan.lists.size(), {});
    work->session_there.assign(work->plan.sessions.size(), false);
    auto chunks = std::make_shared<const std::vector<ChunkPlace>>(all_chunks(work->plan));
    auto begin = [work, chunks](std::size_t number, Steps::Reply reply) {
        const auto place = (*chunks)[number];
        const auto& list = work->plan.lists[place.list];
        work->site.vault.check_chunk(
            {vault::ListId(list.list), place.index, work->list_user()}, chunk_of(list, place.index),
            work->executor,
            [work, place, reply = std::move(reply)](const vault::ChunkCheck& check) mutable {
                reply(chunk_checked(*work, place, check));
            });
    };
    Steps::run(work->executor, {chunks->size(), kChunksAtOnceMax}, std::move(begin),
               [work, done = std::move(done)](Steps::Ended ended) mutable {
                   if (ended == Steps::Ended::complete)
                       return check_sessions(work, std::move(done));
                   if (ended == Steps::Ended::too_busy)
                       work->fail({"系统繁忙,请稍后重试", "the site is busy; try again later"});
                   done(false);
               });
}

}  // namespace onsale::imports
