// For tests of services: a real environment with a folder of its own, stores in it, and an executor
// to be answered on. The folder goes with the object.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"
#include "env/posix/environment.h"
#include "records/store.h"

namespace onsale::records {

class Scratch {
  public:
    explicit Scratch(const std::string& base_folder)
        : folder_(std::filesystem::path(base_folder) /
                  ("onsale_" + std::to_string(environment_->entropy().next_u64()))) {
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() {
        home_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] env::Environment& environment() { return *environment_; }
    [[nodiscard]] env::Executor& home() { return *home_; }
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_ / name).string();
    }

    [[nodiscard]] StoreOptions options(const std::string& file,
                                       sql::Access access = sql::Access::read_write) const {
        return {{path(file), environment_->sqlite_vfs(), access}, "records", "test"};
    }
    [[nodiscard]] std::unique_ptr<Store> open(const std::string& file,
                                              sql::Access access = sql::Access::read_write) {
        auto store = Store::open(options(file, access), *environment_);
        ONSALE_CHECK(store.has_value());
        return std::move(*store);
    }

    // Calls `ask(reply)` and waits for what `reply` gets.
    template <class Value, class Ask>
    Value wait(Ask&& ask) {
        std::promise<Value> promise;
        auto future = promise.get_future();
        ask([&promise](Value value) { promise.set_value(std::move(value)); });
        return future.get();
    }

  private:
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    std::filesystem::path folder_;
    std::unique_ptr<env::Executor> home_ =
        environment_->make_executor({"home", "answers of a test"});
};

}  // namespace onsale::records
