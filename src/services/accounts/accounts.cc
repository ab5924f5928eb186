#include "accounts/accounts.h"

#include <utility>

#include "accounts/internal/schema.h"
#include "accounts/internal/shared.h"
#include "telemetry/log.h"

namespace onsale::accounts {
namespace {

using base::Unexpected;

// What a process did not finish that ended while it forgot somebody; the same for records that came
// back from a backup made before.
sql::SqlResult<void> finish_erasures(Shared& shared, sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(destroyed, shared.people.keys().destroyed());
    for (const domain::PersonId person : destroyed) {
        ONSALE_TRY_ASSIGN(row, shared.people.find(connection, person));
        if (!row || row->erased) continue;
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        ONSALE_TRY(LoginTable::remove_of(connection, person));
        ONSALE_TRY(shared.people.forget(connection, person, shared.now()));
        ONSALE_TRY(transaction.commit());
    }
    return {};
}

sql::SqlResult<void> load(Shared& shared, sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(sealed, seal_names(connection, shared.people));
    if (sealed > 0) {
        telemetry::log_info("accounts", "sealed the names of " + std::to_string(sealed) +
                                            " people of a former version");
    }
    ONSALE_TRY(finish_erasures(shared, connection));
    ONSALE_TRY_ASSIGN(ended, LoginTable::ended(connection, shared.now()));
    shared.told_ended(ended);
    ONSALE_TRY_ASSIGN(out, shared.people.out(connection));
    for (const domain::PersonId person : out) shared.revocations.disable(person);
    return shared.directory.load(connection);
}

// Where somebody of a former version is called as the administrator would be.
constexpr std::size_t kAdminNamesTried = 100;

std::string random_password(env::Entropy& entropy) {
    static constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(kAlphabet.size() == 32);
    std::string password;
    for (int i = 0; i < 18; ++i) password += kAlphabet[entropy.next_u64() % kAlphabet.size()];
    return password + "k7";  // a letter and a digit for sure
}

struct AdminPlan {
    env::Files& files;
    const std::string& path;
    std::string name;
};

// Nothing: a person of a former version has the name.
base::Result<std::optional<domain::PersonId>, std::string> make_admin(Shared& shared, Staff& staff,
                                                                      const AdminPlan& plan) {
    const auto taken = shared.people.find(shared.store.connection(), NameKind::username, plan.name);
    if (!taken) return Unexpected{taken.error().message};
    if (*taken) return std::optional<domain::PersonId>{};
    const std::string password = random_password(shared.entropy);
    // First the file, then the account: a crash in between leaves a password of nobody, and the
    // next start writes another one.
    const auto written =
        env::replace_file(plan.files, plan.path, first_admin_text(plan.name, password));
    if (!written) {
        return Unexpected{plan.path +
                          " cannot be written: " + std::string(env::to_string(written.error()))};
    }
    const NewStaff admin{plan.name, password, plan.name, {false, true}, {}};
    const auto made = staff.create_now(admin, crypto::hash_password(password));
    if (made) return std::optional(*made);
    return Unexpected{"the first administrator cannot be made (" +
                      std::string(to_string(made.error().refusal)) + "): " + made.error().message};
}

// The file of a start before: it goes when its password is changed, or now if it was.
void find_first_admin(Shared& shared, env::Files& files, const std::string& path) {
    const auto text = env::read_file(files, path);
    const std::string name = text ? first_admin_name(*text) : std::string();
    if (name.empty()) return;
    const auto row = shared.people.find(shared.store.connection(), NameKind::username, name);
    if (!row || !*row) return;
    const domain::PersonId person = (*row)->person;
    const auto member = shared.directory.find(person);
    shared.first_admin.keep(files, path, person);
    if (!member || !member->must_change_password) shared.first_admin.password_changed(person);
}

}  // namespace

base::Result<std::unique_ptr<Accounts>, std::string> Accounts::create(
    const Parts& parts, const AccountsOptions& options) {
    sql::OpenOptions keys_file;
    keys_file.path = options.person_keys_path;
    keys_file.vfs = parts.environment.sqlite_vfs();
    auto opened = parts.store.open_beside(keys_file);
    if (!opened) return Unexpected{keys_file.path + ": " + opened.error().message};
    auto keys = vault::PersonKeys::open(std::move(*opened), keys_file.busy_timeout_ms,
                                        parts.environment.entropy());
    if (!keys) return Unexpected{keys_file.path + ": " + keys.error().message};
    sql::Connection& connection = parts.store.connection();
    const auto migrated = sql::migrate(connection, "accounts", migrations());
    if (!migrated) return Unexpected{migrated.error().message};
    auto shared = std::make_shared<Shared>(parts, options, std::move(*keys));
    const auto loaded = load(*shared, connection);
    if (!loaded) return Unexpected{loaded.error().message};
    cut_key_log(shared);
    return std::unique_ptr<Accounts>(new Accounts(std::move(shared)));
}

Accounts::Accounts(std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)),
      people_(shared_),
      logins_(shared_),
      profiles_(shared_),
      codes_(shared_),
      staff_(shared_),
      operations_(shared_),
      person_texts_(shared_) {}

Accounts::~Accounts() {
    shared_->desk.close();
}

const Revocations& Accounts::revocations() const {
    return shared_->revocations;
}

base::Result<bool, std::string> Accounts::ensure_first_admin(env::Files& files,
                                                             const std::string& path) {
    if (!shared_->directory.other_admins(domain::PersonId(0)).empty()) {
        find_first_admin(*shared_, files, path);
        return false;
    }
    for (std::size_t number = 0; number < kAdminNamesTried; ++number) {
        const std::string name = number == 0 ? "admin" : "admin" + std::to_string(number);
        ONSALE_TRY_ASSIGN(person, make_admin(*shared_, staff_, {files, path, name}));
        if (!person) continue;
        shared_->first_admin.keep(files, path, *person);
        return true;
    }
    return Unexpected{std::string("the first administrator cannot be made: each name is taken")};
}

}  // namespace onsale::accounts
