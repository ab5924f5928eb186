#include <utility>

#include "imports/internal/steps.h"
#include "imports/internal/work.h"
#include "telemetry/log.h"

namespace onsale::imports {
namespace {

using Done = base::UniqueFunction<void(bool)>;

constexpr std::size_t kPicturesAtOnceMax = 4;

Words busy_words() {
    return {"系统繁忙,请稍后重新开始", "the site is busy; start it again later"};
}
Words full_words() {
    return {"存储已满,请清理后重新开始", "the disk is full; free space and start it again"};
}
Words stopping_words() {
    return {"服务正在停止,请在重启后重新导入", "the server is stopping; import it again"};
}

Words not_allowed_words() {
    return {"您已不能为该主办方操作,导入已停止",
            "you do not act for this organiser any more; the import has stopped"};
}

// Goes on with `next` after complete steps.
Steps::Done after(const SharedWork& work, Done done, std::function<void(Done)> next) {
    return [work, done = std::move(done), next = std::move(next)](Steps::Ended ended) mutable {
        if (ended == Steps::Ended::complete) return next(std::move(done));
        if (ended == Steps::Ended::too_busy) work->fail(busy_words());
        if (work->stopping()) work->fail(stopping_words());
        done(false);
    };
}

StepEnd done_unless_stopping(const Work& work) {
    return work.stopping() ? StepEnd::stop : StepEnd::done;
}

// Sessions.

StepEnd session_set_up(Work& work, const PlannedSession& session,
                       const catalog::ChangeResult& result) {
    switch (result.kind) {
        case catalog::ChangeKind::accepted:
            work.changed = true;
            [[fallthrough]];
        case catalog::ChangeKind::unchanged:
            work.advance(1);
            return done_unless_stopping(work);
        case catalog::ChangeKind::busy:
            return StepEnd::again;
        case catalog::ChangeKind::invalid:
        case catalog::ChangeKind::conflict:
            // Somebody has changed the site since it was looked at.
            add_site_mistake(work, session, result);
            return StepEnd::stop;
        case catalog::ChangeKind::storage_full:
            work.fail(full_words());
            return StepEnd::stop;
        case catalog::ChangeKind::stopping:
            work.fail(stopping_words());
            return StepEnd::stop;
        case catalog::ChangeKind::refused:
        case catalog::ChangeKind::failed:
            break;
    }
    const std::string id = std::to_string(session.definition.session.id);
    telemetry::log_error("imports", "session " + id + " cannot be set up: " + result.message);
    work.fail({"场次 " + id + " 无法建立", "session " + id + " cannot be set up"});
    return StepEnd::stop;
}

void set_up_sessions(const SharedWork& work, Done done) {
    auto begin = [work](std::size_t index, Steps::Reply reply) {
        const auto& session = work->plan.sessions[index];
        if (work->session_there[index]) {
            work->executor.post([work, reply = std::move(reply)]() mutable {
                work->advance(1);
                reply(done_unless_stopping(*work));
            });
            return;
        }
        auto definition = work->plan.definition_of(session);
        if (!work->may_act_for(definition.organiser.id)) {
            work->fail(not_allowed_words());
            work->executor.post([reply = std::move(reply)]() mutable { reply(StepEnd::stop); });
            return;
        }
        work->site.catalog.set_up_session(std::move(definition), work->list_user(), work->executor,
                                          [work, &session, reply = std::move(reply)](
                                              const catalog::ChangeResult& result) mutable {
                                              reply(session_set_up(*work, session, result));
                                          });
    };
    Steps::run(work->executor, {work->plan.sessions.size(), kSessionsAtOnceMax}, std::move(begin),
               after(work, std::move(done), [](Done last) { last(true); }));
}

// Lists.

StepEnd vault_trouble(Work& work, vault::VaultRefusal refusal, const std::string& message,
                      std::uint64_t list) {
    if (refusal == vault::VaultRefusal::busy) return StepEnd::again;
    if (refusal == vault::VaultRefusal::storage_full) {
        work.fail(full_words());
        return StepEnd::stop;
    }
    const std::string id = std::to_string(list);
    const std::string reason(vault::to_string(refusal));
    telemetry::log_error("imports", "list " + id + " is not taken: " + reason + " " + message);
    work.fail({"券码列表 " + id + " 无法导入(" + reason + "),请重新检查",
               "the list " + id + " is not taken (" + reason + "); check the import again"});
    return StepEnd::stop;
}

StepEnd chunk_staged(Work& work, const PlannedList& list, std::size_t codes,
                     const vault::StageResult& result) {
    if (result.refusal == vault::VaultRefusal::none) {
        work.changed = true;
        work.advance(codes);
        return done_unless_stopping(work);
    }
    // The chunk before it has to be tried again, so this one came too early.
    if (result.refusal == vault::VaultRefusal::chunk_missing) return StepEnd::again;
    return vault_trouble(work, result.refusal, result.message, list.list);
}

void seal_list(const SharedWork& work, const PlannedList& list, Done done) {
    auto begin = [work, &list](std::size_t, Steps::Reply reply) {
        work->site.vault.seal(
            vault::ListId(list.list), work->list_user(), work->executor,
            [work, &list, reply = std::move(reply)](const vault::SealResult& result) mutable {
                if (result.refusal != vault::VaultRefusal::none)
                    return reply(vault_trouble(*work, result.refusal, result.message, list.list));
                if (result.addition == list.stock) return reply(StepEnd::done);
                reply(vault_trouble(*work, vault::VaultRefusal::list_sealed, {}, list.list));
            });
    };
    Steps::run(work->executor, {1, 1}, std::move(begin),
               after(work, std::move(done), [](Done last) { last(true); }));
}

void stage_list(const SharedWork& work, std::size_t number, Done done) {
    const auto& list = work->plan.lists[number];
    const auto there = work->lists[number].chunks_there;
    auto begin = [work, &list, there](std::size_t index, Steps::Reply reply) {
        const auto chunk = there + static_cast<std::uint32_t>(index);
        auto codes = chunk_of(list, chunk);
        const auto count = codes.size();
        work->site.vault.stage_chunk(
            {vault::ListId(list.list), chunk, work->list_user()}, std::move(codes), work->executor,
            [work, &list, count,
             reply = std::move(reply)](const vault::StageResult& result) mutable {
                reply(chunk_staged(*work, list, count, result));
            });
    };
    for (std::uint32_t i = 0; i < there; ++i) work->advance(chunk_of(list, i).size());
    Steps::run(work->executor, {chunk_count(list) - there, kChunksAtOnceMax}, std::move(begin),
               after(work, std::move(done),
                     [work, &list](Done last) { seal_list(work, list, std::move(last)); }));
}

void stage_lists(const SharedWork& work, Done done) {
    auto begin = [work](std::size_t index, Steps::Reply reply) {
        // Its steps end in tasks of their own, so this never answers inside of itself.
        work->executor.post([work, index, reply = std::move(reply)]() mutable {
            stage_list(work, index, [reply = std::move(reply)](bool complete) mutable {
                reply(complete ? StepEnd::done : StepEnd::stop);
            });
        });
    };
    Steps::run(work->executor, {work->plan.lists.size(), 1}, std::move(begin),
               after(work, std::move(done),
                     [work](Done last) { set_up_sessions(work, std::move(last)); }));
}

// Pictures.

StepEnd picture_put(Work& work, const std::string& name, catalog::PictureRefusal refusal) {
    switch (refusal) {
        case catalog::PictureRefusal::none:
            return done_unless_stopping(work);
        case catalog::PictureRefusal::busy:
            return StepEnd::again;
        case catalog::PictureRefusal::storage_full:
            work.fail(full_words());
            return StepEnd::stop;
        case catalog::PictureRefusal::invalid:
        case catalog::PictureRefusal::too_many:
        case catalog::PictureRefusal::failed:
            break;
    }
    work.fail({"图片 " + name + " 无法保存", "the picture " + name + " cannot be stored"});
    return StepEnd::stop;
}

}  // namespace

void carry_out(const SharedWork& work, Done done) {
    auto pictures = std::make_shared<std::vector<std::pair<std::string, catalog::SharedPicture>>>();
    for (const auto& [file, planned] : work->plan.pictures) {
        if (!work->site.catalog.pictures().knows(planned.picture->name))
            pictures->emplace_back(file, planned.picture);
    }
    auto begin = [work, pictures](std::size_t index, Steps::Reply reply) {
        const auto& [file, picture] = (*pictures)[index];
        work->site.catalog.pictures().put(*picture->bytes, work->sender, work->executor,
                                          [work, file = file, reply = std::move(reply)](
                                              const catalog::PutResult& result) mutable {
                                              reply(picture_put(*work, file, result.refusal));
                                          });
    };
    Steps::run(
        work->executor, {pictures->size(), kPicturesAtOnceMax}, std::move(begin),
        after(work, std::move(done), [work](Done last) { stage_lists(work, std::move(last)); }));
}

}  // namespace onsale::imports
