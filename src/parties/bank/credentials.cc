#include "bank/credentials.h"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "bank/limits.h"

namespace onsale::bank {
namespace {

using base::Unexpected;

Unexpected<std::string> wrong(std::string_view what) {
    return Unexpected{"credentials: " + std::string(what) +
                      "; ask the site for the file again, as its console gives it"};
}

base::Result<std::vector<crypto::CallKey>, std::string> read_keys(const toml::table& file,
                                                                  std::string_view name) {
    std::vector<crypto::CallKey> keys;
    const toml::array* list = file[name].as_array();
    if (list == nullptr || list->empty() || list->size() > kKeysMax) {
        return wrong(std::string(name) + " must be a list of 1 to 8 keys");
    }
    for (const toml::node& node : *list) {
        const toml::table* entry = node.as_table();
        if (entry == nullptr) return wrong(std::string(name) + " must be a list of keys");
        const std::string id = (*entry)["id"].value_or(std::string());
        const std::string secret = (*entry)["secret"].value_or(std::string());
        auto key = crypto::parse_call_key(id, secret);
        if (!key) return wrong("a key of " + std::string(name) + " is not 8 and 64 hex digits");
        keys.push_back(*std::move(key));
    }
    return keys;
}

}  // namespace

base::Result<Merchant, std::string> parse_credentials(std::string_view text) {
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return wrong("not TOML: " + std::string(error.description()));
    }
    Merchant merchant;
    merchant.name = file["merchant"].value_or(std::string());
    merchant.site = file["site"].value_or(std::string());
    while (merchant.site.ends_with('/')) merchant.site.pop_back();
    // Exactly a whole number: the library's way from a fraction is undefined where it does not fit.
    const auto bank = file["bank"].value_exact<std::int64_t>().value_or(0);
    const auto plain = [](char c) { return c > ' ' && c < 127 && c != '"' && c != '\\'; };
    if (merchant.name.empty() || merchant.name.size() > 64 ||
        !std::ranges::all_of(merchant.name, plain)) {
        return wrong("merchant must be a name of 1 to 64 visible characters");
    }
    if (!merchant.site.starts_with("http://") && !merchant.site.starts_with("https://")) {
        return wrong("site must be its address, as http://127.0.0.1:8080");
    }
    if (bank < 1 || bank > 1'000'000) return wrong("bank must be our number at the site");
    merchant.bank = static_cast<std::uint32_t>(bank);
    ONSALE_TRY_ASSIGN(to_bank, read_keys(file, "to_bank"));
    ONSALE_TRY_ASSIGN(to_site, read_keys(file, "to_site"));
    merchant.to_bank = std::move(to_bank);
    merchant.to_site = std::move(to_site);
    return merchant;
}

const Merchant* find_merchant(const Merchants& merchants, std::string_view name) {
    const auto found = std::ranges::find(merchants, name, &Merchant::name);
    return found == merchants.end() ? nullptr : &*found;
}

const Merchant* find_merchant(const Merchants& merchants, std::uint64_t number) {
    const auto found = std::ranges::find(merchants, number, &Merchant::number);
    return found == merchants.end() ? nullptr : &*found;
}

Credentials::Credentials(env::Files& files, std::vector<std::string> paths)
    : files_(files), paths_(std::move(paths)), merchants_(std::make_shared<const Merchants>()) {}

SharedMerchants Credentials::current() const {
    const std::lock_guard lock(mutex_);
    return merchants_;
}

void Credentials::replace(SharedMerchants merchants) {
    const std::lock_guard lock(mutex_);
    merchants_ = std::move(merchants);
}

base::Result<std::shared_ptr<Merchants>, std::string> Credentials::read_changes() {
    std::vector<std::string> texts;
    for (const auto& path : paths_) {
        auto text = env::read_file(files_, path);
        if (!text) {
            return Unexpected{"the credentials file " + path +
                              " cannot be read: " + std::string(env::to_string(text.error()))};
        }
        if (text->size() > kCredentialsBytesMax) {
            return Unexpected{"the credentials file " + path + " is too long"};
        }
        texts.push_back(*std::move(text));
    }
    if (texts == texts_) return std::shared_ptr<Merchants>();
    auto merchants = std::make_shared<Merchants>();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto merchant = parse_credentials(texts[i]);
        if (!merchant) return Unexpected{paths_[i] + ": " + merchant.error()};
        if (find_merchant(*merchants, merchant->name) != nullptr) {
            return Unexpected{"two credentials files name the merchant " + merchant->name +
                              ": leave one out"};
        }
        merchants->push_back(*std::move(merchant));
    }
    texts_ = std::move(texts);
    return merchants;
}

}  // namespace onsale::bank
