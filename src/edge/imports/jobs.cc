// The way of one job: read, checked in itself, checked with the site, carried out.
#include <algorithm>
#include <utility>

#include "imports/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::imports {
namespace {

// Organisers that are not the importer's, each at its place.
void check_organisers(Work& work, const Importer& importer) {
    if (importer.all_organisers) return;
    for (const auto& [id, organiser] : work.plan.organisers) {
        const auto& own = importer.organisers;
        if (std::find(own.begin(), own.end(), id) != own.end()) continue;
        work.mistakes.add(organiser.places.find("organiser.id", organiser.place),
                          {"您不能为该主办方操作", "this organiser is not yours"},
                          {"请使用自己的主办方,或联系管理员",
                           "use an organiser of your own, or ask an administrator"});
    }
}

std::vector<ShownMistake> shown(const Work& work) {
    std::vector<ShownMistake> all;
    for (const auto& mistake : work.mistakes.list()) {
        const auto& files = work.plan.files;
        const auto& place = mistake.place;
        all.push_back({place.file < files.size() ? files[place.file].name : std::string(),
                       place.line, place.column, mistake.message, mistake.remedy});
    }
    return all;
}

}  // namespace

void Imports::Impl::next() {
    if (working) return;
    if (stopping) {
        jobs.clear();
        if (on_idle) std::exchange(on_idle, nullptr)();
        return;
    }
    if (jobs.empty()) return;
    working = true;
    // As a task of its own: whoever asked for the job is answered first.
    executor.post([self = shared_from_this()] { self->run(self->jobs.front()); });
}

void Imports::Impl::run(const Job& job) {
    const auto import = job.import;
    auto work = std::make_shared<Work>(
        Work{{parts.records, parts.vault, parts.catalog}, executor, {}, {}, {}});
    work->stopping = [self = this] { return self->stopping.load(); };
    if (!job.importer.all_organisers) work->sender = domain::PersonId(job.importer.person);
    work->may_act_for = [self = this, person = job.importer.person](std::uint64_t organiser) {
        return person == 0 || !self->parts.may_act_for ||
               self->parts.may_act_for(person, organiser);
    };
    work->progress = [self = this, import](std::uint64_t done) {
        self->views.change(import, [done](ImportView& view) { view.done = done; });
    };
    auto files = held.at(import).staging.read();
    if (!files) {
        telemetry::log_error("imports", "the files of an import cannot be read");
        work->fail({"已上传的文件无法读取", "the uploaded files cannot be read"});
        return finish(job, *work, ImportState::failed);
    }
    work->plan = read_plan(std::move(*files), work->mistakes);
    views.change(import, [&](ImportView& view) {
        view.sessions = work->plan.sessions.size();
        view.codes = work->plan.code_count();
        view.total = view.sessions + view.codes;
    });
    check_organisers(*work, job.importer);
    if (!work->mistakes.empty()) return finish(job, *work, ImportState::faulty);
    look_at_site(job, work);
}

void Imports::Impl::look_at_site(const Job& job, const SharedWork& work) {
    check_with_site(work, [self = shared_from_this(), job, work](bool complete) {
        if (!work->mistakes.empty()) return self->finish(job, *work, ImportState::faulty);
        if (!complete) {
            work->fail({"服务正在停止", "the server is stopping"});
            return self->finish(job, *work, ImportState::failed);
        }
        if (job.kind == JobKind::check) return self->finish(job, *work, ImportState::ready);
        self->carry(job, work);
    });
}

void Imports::Impl::carry(const Job& job, const SharedWork& work) {
    work->done = 0;
    views.change(job.import, [](ImportView& view) {
        view.state = ImportState::running;
        view.done = 0;
    });
    carry_out(work, [self = shared_from_this(), job, work](bool complete) {
        self->finish(job, *work, complete ? ImportState::done : ImportState::failed);
    });
}

void Imports::Impl::finish(const Job& job, const Work& work, ImportState state) {
    const auto import = job.import;
    auto result = [mistakes = shown(work), trouble = work.trouble.value_or(Words{}),
                   changed = work.changed, state](ImportView& view) mutable {
        view.state = state;
        view.mistakes = std::move(mistakes);
        view.trouble = std::move(trouble);
        if (state != ImportState::done) return;
        view.done = view.total;
        view.outcome = changed ? ImportOutcome::accepted : ImportOutcome::unchanged;
    };
    if (state == ImportState::done) {
        held.at(import).staging.remove();
        held.erase(import);
        telemetry::log_info("imports", "import " + std::to_string(import) + " is done: " +
                                           std::string(work.changed ? "accepted" : "unchanged"));
    }
    // The job ends in a task of its own, so that nothing of it is on the stack any more, and is
    // said to have ended when it has.
    executor.post([self = shared_from_this(), import, result = std::move(result)]() mutable {
        self->jobs.pop_front();
        self->working = false;
        self->views.change(import, result);
        self->next();
    });
}

}  // namespace onsale::imports
