#include "bank/folder.h"

#include <cstring>
#include <span>
#include <string_view>

#include "bank/books/schema.h"

namespace onsale::bank {
namespace {

using base::Unexpected;

base::Result<std::unique_ptr<sql::Connection>, std::string> open(const std::string& folder,
                                                                 env::Environment& environment,
                                                                 sql::Access access) {
    const std::string path = folder + "/bank.sqlite";
    auto opened = books::open_books({path, environment.sqlite_vfs(), access});
    if (!opened) return Unexpected{path + ": " + opened.error().message};
    return std::move(*opened);
}

}  // namespace

base::Result<Folder, std::string> open_folder(const std::string& folder,
                                              env::Environment& environment) {
    auto& files = environment.files();
    if (!files.create_folders(folder)) {
        return Unexpected{"the data folder " + folder +
                          " cannot be made; check the owner and mode of its parent"};
    }
    auto lock = files.lock(folder + "/lock");
    if (!lock) {
        return Unexpected{"the data folder " + folder +
                          " is in use by another bank; stop it or choose another folder"};
    }
    Folder opened;
    opened.lock = std::move(*lock);
    ONSALE_TRY_ASSIGN(books, open(folder, environment, sql::Access::read_write));
    opened.books = std::move(books);
    return opened;
}

base::Result<std::unique_ptr<sql::Connection>, std::string> open_to_read(
    const std::string& folder, env::Environment& environment) {
    return open(folder, environment, sql::Access::read_only);
}

base::Result<crypto::Key, std::string> login_key(const std::string& folder,
                                                 env::Environment& environment) {
    auto& files = environment.files();
    const std::string path = folder + "/login.key";
    crypto::Key key{};
    const auto found = env::read_file(files, path);
    if (found && found->size() == key.size()) {
        std::memcpy(key.data(), found->data(), key.size());
        return key;
    }
    if (found || found.error() != env::FileError::not_found) {
        return Unexpected{path + " cannot be read; remove it if logins may end"};
    }
    environment.entropy().fill(key);
    std::string bytes(key.size(), '\0');
    std::memcpy(bytes.data(), key.data(), key.size());
    if (!env::replace_file(files, path, bytes)) return Unexpected{path + " cannot be written"};
    return key;
}

}  // namespace onsale::bank
