#include "accounts/keys.h"

#include <cstring>

namespace onsale::accounts {
namespace {

using base::Unexpected;

constexpr std::string_view kFolder = "/keys";
constexpr std::string_view kFile = "/master.key";

std::string sentence(const std::string& path, std::string_view what) {
    return "the master key " + path + " " + std::string(what);
}

}  // namespace

base::Result<crypto::Key, std::string> load_or_create_master_key(env::Files& files,
                                                                 env::Entropy& entropy,
                                                                 const std::string& data_folder) {
    const std::string folder = data_folder + std::string(kFolder);
    const std::string path = folder + std::string(kFile);
    const auto content = env::read_file(files, path);
    if (content) {
        std::string_view text = *content;
        if (text.ends_with('\n')) text.remove_suffix(1);
        const auto bytes = crypto::from_hex(text);
        crypto::Key key{};
        if (!bytes || bytes->size() != key.size()) {
            return Unexpected{sentence(path,
                                       "is damaged (64 hex characters are expected): restore "
                                       "it from a backup")};
        }
        std::memcpy(key.data(), bytes->data(), key.size());
        return key;
    }
    if (content.error() != env::FileError::not_found) {
        return Unexpected{sentence(path, "cannot be read: ") +
                          std::string(env::to_string(content.error()))};
    }
    crypto::Key key{};
    entropy.fill(key);
    auto made = files.create_folders(folder);
    if (made) made = env::replace_file(files, path, crypto::to_hex(key) + "\n");
    if (made) made = files.sync_folder(data_folder);
    if (!made) {
        return Unexpected{sentence(path, "cannot be written: ") +
                          std::string(env::to_string(made.error()))};
    }
    return key;
}

}  // namespace onsale::accounts
