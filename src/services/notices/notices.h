// Notices: tells buyers by mail what became of their orders and of their money. A follower of the
// journal: what has to be told becomes a row in the records together with the place up to which the
// journal was looked through, and goes when the mail server has taken the mail. So after a crash
// nothing is missing, and at most the one mail that was under way comes twice, with the same
// Message-ID. It begins with what happens after the site first had a mail server. Its state lives
// on the "notices" executor; mails leave through the outbox, one at a time, behind codes.
#pragma once

#include <memory>
#include <string>

#include "accounts/profiles.h"
#include "catalog/catalog.h"
#include "env/environment.h"
#include "follow/batch_source.h"
#include "messages/outbox.h"
#include "notices/internal/finder.h"
#include "records/store.h"
#include "refunds/notes.h"
#include "telemetry/metrics.h"

namespace onsale::notices {

struct NoticesOptions {
    catalog::Text site;   // its name
    std::string address;  // of its pages, for links; empty: not known
};

// What it works with; all references outlive it.
struct NoticesParts {
    records::Store& store;
    env::Environment& environment;
    telemetry::Metrics& metrics;
    messages::Outbox& outbox;
    accounts::Profiles& profiles;
    refunds::Notes& notes;
    catalog::Catalog& catalog;
    follow::Feed& feed;
    follow::BatchSource source;
    sql::OpenOptions projections;
    Projected projected;
};

class Notices {
  public:
    // Migrates the tables and reads what waits: call it before anything was posted to the store.
    static base::Result<std::unique_ptr<Notices>, std::string> create(
        NoticesParts parts, const NoticesOptions& options);
    ~Notices();
    Notices(const Notices&) = delete;
    Notices& operator=(const Notices&) = delete;

    void start();
    // From any thread: no mail begins any more; of the one under way is still noted that it was
    // taken, if that comes before the end.
    void stop();

  private:
    struct Impl;
    explicit Notices(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::notices
