#include "bank/folder.h"

#include <cstring>
#include <span>
#include <string_view>

#include "bank/books/schema.h"

namespace onsale::bank {
namespace {

using base::Unexpected;

constexpr int kOpensMax = 3;

bool is_corrupt(const sql::SqlResult<std::unique_ptr<sql::Connection>>& opened) {
    return !opened && opened.error().code == sql::ErrorCode::corrupt;
}

base::Result<std::unique_ptr<sql::Connection>, std::string> open(const std::string& folder,
                                                                 env::Environment& environment,
                                                                 sql::Access access) {
    const std::string path = folder + "/bank.sqlite";
    const books::BooksFile file{path, environment.sqlite_vfs(), access};
    auto opened = books::open_books(file);
    // While another process writes, its log may look damaged to somebody who reads it meanwhile.
    for (int i = 1; i < kOpensMax && is_corrupt(opened); ++i) opened = books::open_books(file);
    if (!opened) return Unexpected{path + ": " + opened.error().message};
    return std::move(*opened);
}

}  // namespace

base::Result<Folder, std::string> open_folder(const std::string& folder, Tenure tenure,
                                              env::Environment& environment) {
    auto& files = environment.files();
    Folder opened;
    if (tenure == Tenure::beside) {
        const auto there = files.exists(folder + "/bank.sqlite");
        if (!there || !*there)
            return Unexpected{"there are no books in " + folder +
                              " to work beside; begin with the process that owns the folder"};
        ONSALE_TRY_ASSIGN(books, open(folder, environment, sql::Access::read_write));
        opened.books = std::move(books);
        return opened;
    }
    if (!files.create_folders(folder)) {
        return Unexpected{"the data folder " + folder +
                          " cannot be made; check the owner and mode of its parent"};
    }
    auto lock = files.lock(folder + "/lock");
    if (!lock) {
        return Unexpected{"the data folder " + folder +
                          " is in use by another bank; stop it, choose another folder, or work "
                          "beside it (--beside)"};
    }
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
