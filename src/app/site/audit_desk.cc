#include "site/audit_desk.h"

#include <utility>

#include "audit/audit.h"

namespace onsale::site {
namespace {

constexpr std::size_t kTasksMax = 4;

}  // namespace

AuditDesk::AuditDesk(std::string folder, env::Environment& environment)
    : folder_(std::move(folder)),
      environment_(environment),
      executor_(environment.make_executor(
          {"audit", "checks everything that is stored, when asked to", kTasksMax})) {}

gate::AuditState AuditDesk::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void AuditDesk::start() {
    {
        const std::lock_guard lock(mutex_);
        if (state_.progress == gate::AuditProgress::running) return;
        state_ = {};
        state_.progress = gate::AuditProgress::running;
        state_.started_at = environment_.clock().wall_now();
    }
    executor_->post([this] { run(); });
}

void AuditDesk::run() {
    audit::Options options;
    options.folder = folder_;
    options.vfs = environment_.sqlite_vfs();
    options.now = environment_.clock().wall_now();
    options.lag_max = audit::kLagMax;
    const auto report = audit::run(options, environment_.files());
    const std::lock_guard lock(mutex_);
    state_.finished_at = environment_.clock().wall_now();
    if (!report) {
        state_.progress = gate::AuditProgress::failed;
        state_.error = report.error();
        return;
    }
    state_.progress = report->clean() ? gate::AuditProgress::clean : gate::AuditProgress::breaches;
    state_.report_json = audit::to_json(*report);
}

}  // namespace onsale::site
