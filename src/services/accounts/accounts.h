// Accounts: people, logins, staff and operation records, as one service with a face for each. Owned
// by the assembly of the site; everything runs on the records store's executor and on the password
// desk's. After a crash: what was answered is there; see the faces.
#pragma once

#include <memory>
#include <string>

#include "accounts/codes.h"
#include "accounts/limits.h"
#include "accounts/logins.h"
#include "accounts/operations.h"
#include "accounts/people.h"
#include "accounts/person_texts.h"
#include "accounts/profiles.h"
#include "accounts/revocations.h"
#include "accounts/staff.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "env/environment.h"
#include "messages/outbox.h"
#include "records/store.h"

namespace onsale::accounts {

struct AccountsOptions {
    std::string person_keys_path;  // of the file of people's keys, beside the master key
    std::size_t passwords_waiting_max = kPasswordsWaitingMax;
    base::Duration access_lifetime = base::Duration::minutes(15);
    base::Duration person_refresh_lifetime = base::Duration::days(14);
    base::Duration staff_refresh_lifetime = base::Duration::hours(12);
};

class Accounts {
  public:
    struct Parts {
        records::Store& store;
        messages::Outbox& outbox;
        const crypto::Key& master;
        env::Environment& environment;
    };
    // Migrates the tables and loads what is asked from memory: call it before anything was posted
    // to the store. The error is a sentence.
    static base::Result<std::unique_ptr<Accounts>, std::string> create(
        const Parts& parts, const AccountsOptions& options);
    ~Accounts();
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;

    [[nodiscard]] People& people() { return people_; }
    [[nodiscard]] Logins& logins() { return logins_; }
    [[nodiscard]] Profiles& profiles() { return profiles_; }
    [[nodiscard]] Codes& codes() { return codes_; }
    [[nodiscard]] Staff& staff() { return staff_; }
    [[nodiscard]] Operations& operations() { return operations_; }
    [[nodiscard]] PersonTexts& person_texts() { return person_texts_; }
    [[nodiscard]] const Revocations& revocations() const;

    // On a site without any administrator: makes `admin` (or `admin1`, … where that is somebody's
    // name) with a random password, which is written to `path` (mode 0600) and nowhere else, and
    // must be changed at the first login; then the file is removed. False: there is one already.
    // Blocks (Argon2id): for the start only, before anything was posted to the store. `files`
    // outlives this.
    [[nodiscard]] base::Result<bool, std::string> ensure_first_admin(env::Files& files,
                                                                     const std::string& path);

  private:
    explicit Accounts(std::shared_ptr<Shared> shared);
    std::shared_ptr<Shared> shared_;
    People people_;
    Logins logins_;
    Profiles profiles_;
    Codes codes_;
    Staff staff_;
    Operations operations_;
    PersonTexts person_texts_;
};

}  // namespace onsale::accounts
