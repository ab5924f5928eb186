#include "bank/writer.h"

#include <future>
#include <iterator>
#include <utility>

#include "bank/limits.h"
#include "telemetry/log.h"

namespace onsale::bank {
namespace {

constexpr std::size_t kOwnTasksMax = 4096;  // of the executor: groups, answers of other executors

}  // namespace

Writer::Writer(std::unique_ptr<sql::Connection> connection, env::Environment& environment)
    : environment_(environment),
      connection_(std::move(connection)),
      executor_(environment.make_executor(
          {"bank-writer", "decides on money, many requests in one transaction", kOwnTasksMax})) {}

Writer::~Writer() {
    executor_->close();
    executor_.reset();
}

bool Writer::post(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || waiting_.size() >= kWaitingMax) return false;
        waiting_.push_back(std::move(work));
        if (std::exchange(scheduled_, true)) return true;
    }
    executor_->post([this] { run_group(); });
    return true;
}

void Writer::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    while (true) {
        std::promise<bool> promise;
        executor_->post([this, &promise] {
            const std::lock_guard lock(mutex_);
            promise.set_value(waiting_.empty());
        });
        if (promise.get_future().get()) return;
    }
}

void Writer::run_group() {
    std::vector<Work> group;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() <= kGroupMax) {
            group.swap(waiting_);
            scheduled_ = false;
        } else {
            const auto middle = waiting_.begin() + static_cast<std::ptrdiff_t>(kGroupMax);
            group.assign(std::move_iterator(waiting_.begin()), std::move_iterator(middle));
            waiting_.erase(waiting_.begin(), middle);
            executor_->post([this] { run_group(); });
        }
    }
    std::vector<env::Task> answers;
    answers.reserve(group.size());
    const auto decide_all = [&]() -> sql::SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(*connection_));
        for (auto& work : group) {
            ONSALE_TRY_ASSIGN(answer, work.decide(*connection_));
            answers.push_back(std::move(answer));
        }
        return transaction.commit();
    };
    if (const auto done = decide_all(); !done) {
        answers.clear();
        answer_all(group, done.error());
        return;
    }
    for (auto& answer : answers) {
        if (answer) answer();
    }
}

void Writer::answer_all(std::vector<Work>& group, const sql::SqlError& error) {
    telemetry::log_error("bank", "a transaction failed: " + error.message);
    if (error.code == sql::ErrorCode::io_error || error.code == sql::ErrorCode::corrupt) {
        environment_.die(env::FatalCause::journal_io, error.message);
        return;
    }
    for (auto& work : group) {
        if (work.failed) work.failed();
    }
}

Reader::Reader(std::unique_ptr<sql::Connection> connection, env::Environment& environment)
    : connection_(std::move(connection)),
      executor_(environment.make_executor(
          {"bank-reader", "answers long questions about the books", kQuestionsMax})) {}

Reader::~Reader() {
    executor_->close();
    executor_.reset();
}

bool Reader::post(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_ >= kQuestionsMax) return false;
        ++waiting_;
    }
    executor_->post([this, work = std::move(work)]() mutable {
        {
            const std::lock_guard lock(mutex_);
            --waiting_;
        }
        work(*connection_);
    });
    return true;
}

}  // namespace onsale::bank
