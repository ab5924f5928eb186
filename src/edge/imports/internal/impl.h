// The inside of Imports: which imports there are, whose turn it is, and what everybody may see of
// them. Everything but the views lives on the imports' executor.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "imports/imports.h"
#include "imports/internal/work.h"

namespace onsale::imports {

// What everybody may see, by import. A lock for a look-up: nothing is done under it.
class Views {
  public:
    void add(ImportView view);
    void forget(std::uint64_t import);
    template <class Change>
    void change(std::uint64_t import, Change&& change) {
        const std::lock_guard lock(mutex_);
        const auto found = views_.find(import);
        if (found != views_.end()) change(found->second);
    }
    [[nodiscard]] std::optional<ImportView> find(std::uint64_t import) const;
    [[nodiscard]] std::vector<ImportView> all() const;

  private:
    mutable std::mutex mutex_;  // owns views_
    std::map<std::uint64_t, ImportView> views_;
};

enum class JobKind : std::uint8_t { check, start };
struct Job {
    std::uint64_t import = 0;
    JobKind kind = JobKind::check;
    Importer importer;
};

struct Imports::Impl : std::enable_shared_from_this<Imports::Impl> {
    Impl(const Parts& p, env::Executor& e) : parts(p), executor(e) {}

    // Runs `work` on our executor and hands its value to `reply` on `home`; `when_full` when too
    // many wait.
    template <class Value, class Task>
    void ask(env::Executor& home, Task task, base::UniqueFunction<void(Value)> reply,
             Value when_full) {
        if (waiting.fetch_add(1) >= kQuestionsWaitingMax) {
            waiting.fetch_sub(1);
            home.post([reply = std::move(reply), when_full]() mutable { reply(when_full); });
            return;
        }
        executor.post([self = shared_from_this(), &home, task = std::move(task),
                       reply = std::move(reply)]() mutable {
            self->waiting.fetch_sub(1);
            home.post([value = task(*self), reply = std::move(reply)]() mutable { reply(value); });
        });
    }

    Created create(std::uint64_t owner);
    ImportRefusal write(std::uint64_t import, const Piece& piece);
    ImportRefusal take_on(Job job);
    ImportRefusal remove(std::uint64_t import);

    // One job after the other.
    void next();
    void run(const Job& job);
    void look_at_site(const Job& job, const SharedWork& work);
    void carry(const Job& job, const SharedWork& work);
    void finish(const Job& job, const Work& work, ImportState state);
    // Files that nobody came back for.
    void drop_old();
    // False: the person has as many imports with files as one may have.
    [[nodiscard]] bool make_room(std::uint64_t owner);

    [[nodiscard]] bool at_work(std::uint64_t import) const;

    const Parts parts;
    env::Executor& executor;
    Views views;
    std::atomic<std::size_t> waiting = 0;
    std::atomic<bool> stopping = false;

    struct Held {
        Staging staging;
        std::uint64_t owner = 0;
        base::Timestamp created_at;
    };
    std::map<std::uint64_t, Held> held;  // imports with files
    std::deque<Job> jobs;                // at most one for each; the first is under way
    bool working = false;
    bool sweeping = false;
    std::uint64_t last = 0;
    env::Task on_idle;
};

}  // namespace onsale::imports
