#include "cli/toml_reader.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "domain/ids.h"

namespace onsale::cli {
namespace {

std::string rfc3339_of(const toml::date_time& time) {
    const int offset = time.offset->minutes;
    const int minutes = offset < 0 ? -offset : offset;
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04u-%02u-%02uT%02u:%02u:%02u.%03u%c%02d:%02d",
                  unsigned{time.date.year}, unsigned{time.date.month}, unsigned{time.date.day},
                  unsigned{time.time.hour}, unsigned{time.time.minute}, unsigned{time.time.second},
                  time.time.nanosecond / 1'000'000, offset < 0 ? '-' : '+', minutes / 60,
                  minutes % 60);
    return buffer;
}

const toml::table& table_of(const void* table) {
    return *static_cast<const toml::table*>(table);
}

}  // namespace

struct TomlReader::Impl {
    Impl(toml::table t, std::string f, Mistakes& m, Places& p)
        : root(std::move(t)), file(std::move(f)), mistakes(m), places(p) {}

    [[nodiscard]] Place place(const toml::source_region& source) const {
        return {file, source.begin.line, source.begin.column};
    }

    static std::string json_name(const Section& section, std::string_view key) {
        return section.name_.empty() ? std::string(key) : section.name_ + "." + std::string(key);
    }

    // The field, with its place noted; null when it is not there.
    const toml::node* find(const Section& section, std::string_view key, Need need) {
        const toml::node* node = table_of(section.table_).get(key);
        if (node != nullptr) {
            places[json_name(section, key)] = place(node->source());
        } else if (need == Need::required) {
            note(place(table_of(section.table_).source()),
                 "\"" + std::string(key) + "\" is missing" + in(section), "add it");
        }
        return node;
    }
    static std::string in(const Section& section) {
        return section.name_.empty() ? std::string() : " in " + section.name_;
    }

    void note(Place where, std::string what, std::string remedy) {
        if (mistakes.size() < kMistakesMax)
            mistakes.push_back({std::move(where), std::move(what), std::move(remedy)});
    }
    void wrong(const toml::node& node, std::string_view key, const std::string& must,
               std::string remedy) {
        note(place(node.source()), "\"" + std::string(key) + "\" must be " + must,
             std::move(remedy));
    }

    const toml::table root;
    const std::string file;
    Mistakes& mistakes;
    Places& places;
};

TomlReader::TomlReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TomlReader::~TomlReader() = default;

std::unique_ptr<TomlReader> TomlReader::parse(std::string_view text, const std::string& file,
                                              Mistakes& mistakes, Places& places) {
    try {
        auto impl = std::make_unique<Impl>(toml::parse(text, file), file, mistakes, places);
        return std::unique_ptr<TomlReader>(new TomlReader(std::move(impl)));
    } catch (const toml::parse_error& error) {
        const auto begin = error.source().begin;
        mistakes.push_back({{file, begin.line, begin.column},
                            std::string(error.description()),
                            "the file must be TOML 1.0"});
        return nullptr;
    }
}

TomlReader::Section TomlReader::root() {
    return {&impl_->root, {}};
}

std::optional<TomlReader::Section> TomlReader::table(const Section& parent, std::string_view key,
                                                     std::string name, Need need) {
    const auto* node = impl_->find(parent, key, need);
    if (node == nullptr) return std::nullopt;
    if (const auto* table = node->as_table()) return Section(table, std::move(name));
    impl_->wrong(*node, key, "a table", "write [" + std::string(key) + "] or { … }");
    return std::nullopt;
}

std::vector<TomlReader::Section> TomlReader::tables(const Section& parent, std::string_view key,
                                                    const std::string& name) {
    std::vector<Section> found;
    const auto* node = impl_->find(parent, key, Need::required);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
        impl_->wrong(*node, key, "a list of tables", "write [[" + std::string(key) + "]]");
        return found;
    }
    for (const auto& element : *array) {
        std::string element_name = name + "[" + std::to_string(found.size()) + "]";
        impl_->places[element_name] = impl_->place(element.source());
        found.push_back(Section(element.as_table(), std::move(element_name)));
    }
    return found;
}

void TomlReader::only(const Section& section, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table_of(section.table_)) {
        if (std::ranges::find(known, key.str()) != known.end()) continue;
        std::string list;
        for (const auto name : known) list += (list.empty() ? "" : ", ") + std::string(name);
        impl_->note(impl_->place(key.source()),
                    "\"" + std::string(key.str()) + "\" is not a field" + Impl::in(section),
                    "known are " + list);
    }
}

std::uint64_t TomlReader::id(const Section& section, std::string_view key) {
    const auto* node = impl_->find(section, key, Need::required);
    if (node == nullptr) return 0;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 1 && static_cast<std::uint64_t>(*value) <= domain::kIdMax)
        return static_cast<std::uint64_t>(*value);
    impl_->wrong(*node, key, "a whole number from 1 to 9007199254740991",
                 "write it without quotes");
    return 0;
}

std::optional<std::uint64_t> TomlReader::number(const Section& section, std::string_view key,
                                                std::uint64_t max) {
    const auto* node = impl_->find(section, key, Need::optional);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 0 && static_cast<std::uint64_t>(*value) <= max)
        return static_cast<std::uint64_t>(*value);
    impl_->wrong(*node, key, "a whole number from 0 to " + std::to_string(max),
                 "write it without quotes");
    return std::nullopt;
}

std::optional<bool> TomlReader::truth(const Section& section, std::string_view key) {
    const auto* node = impl_->find(section, key, Need::optional);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<bool>();
    if (!value) impl_->wrong(*node, key, "true or false", "write it without quotes");
    return value;
}

std::optional<std::string> TomlReader::text(const Section& section, std::string_view key,
                                            Need need) {
    const auto* node = impl_->find(section, key, need);
    if (node == nullptr) return std::nullopt;
    auto value = node->value_exact<std::string>();
    if (!value) impl_->wrong(*node, key, "a text", "write it in quotes");
    return value;
}

std::optional<api::TextBody> TomlReader::texts(const Section& section, std::string_view key,
                                               Need need) {
    const auto inner = table(section, key, Impl::json_name(section, key), need);
    if (!inner) return std::nullopt;
    only(*inner, {"zh", "en"});
    return api::TextBody{text(*inner, "zh", Need::required).value_or(""),
                         text(*inner, "en", Need::required).value_or("")};
}

std::optional<std::string> TomlReader::time(const Section& section, std::string_view key,
                                            Need need) {
    const auto* node = impl_->find(section, key, need);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<toml::date_time>();
    if (value && value->offset) return rfc3339_of(*value);
    impl_->wrong(*node, key, "a date and time with an offset",
                 "write it as 2026-12-31T20:00:00+08:00, without quotes");
    return std::nullopt;
}

std::vector<std::uint64_t> TomlReader::ids(const Section& section, std::string_view key) {
    std::vector<std::uint64_t> found;
    const auto* node = impl_->find(section, key, Need::required);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr) {
        impl_->wrong(*node, key, "a list of numbers", "write it as [2001, 2002]");
        return found;
    }
    for (const auto& element : *array) {
        const auto value = element.value_exact<std::int64_t>();
        impl_->places[Impl::json_name(section, key) + "[" + std::to_string(found.size()) + "]"] =
            impl_->place(element.source());
        if (value && *value >= 1) {
            found.push_back(static_cast<std::uint64_t>(*value));
        } else {
            impl_->wrong(element, key, "a list of numbers from 1", "write it as [2001, 2002]");
        }
    }
    return found;
}

void TomlReader::mistake(Place place, std::string what, std::string remedy) {
    impl_->note(std::move(place), std::move(what), std::move(remedy));
}

Place TomlReader::place_of(const Section& section) const {
    return impl_->place(table_of(section.table_).source());
}

}  // namespace onsale::cli
