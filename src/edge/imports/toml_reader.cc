#include "imports/toml_reader.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "domain/ids.h"

namespace onsale::imports {
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

std::string quoted(std::string_view key) {
    return "\"" + std::string(key) + "\"";
}

}  // namespace

struct TomlReader::Impl {
    Impl(toml::table t, std::uint32_t f, Mistakes& m) : root(std::move(t)), file(f), mistakes(m) {}

    [[nodiscard]] Place place(const toml::source_region& source) const {
        return {file, source.begin.line, source.begin.column};
    }

    static std::string full_name(const Section& section, std::string_view key) {
        return section.name_.empty() ? std::string(key) : section.name_ + "." + std::string(key);
    }

    void note(std::string name, const toml::node& node) {
        if (places != nullptr) places->add(std::move(name), place(node.source()));
    }

    // The field, with its place noted; null when it is not there.
    const toml::node* find(const Section& section, std::string_view key, Need need) {
        const toml::node* node = table_of(section.table_).get(key);
        if (node != nullptr) {
            note(full_name(section, key), *node);
        } else if (need == Need::required) {
            const std::string in = section.name_;
            mistakes.add(place(table_of(section.table_).source()),
                         {(in.empty() ? "" : in + " ") + "缺少 " + quoted(key),
                          quoted(key) + " is missing" + (in.empty() ? "" : " in " + in)},
                         {"请补上", "add it"});
        }
        return node;
    }
    // `zh` and `en`: what the field must be.
    void wrong(const toml::node& node, std::string_view key, const Words& must, Words remedy) {
        mistakes.add(place(node.source()),
                     {quoted(key) + " 必须是" + must.zh, quoted(key) + " must be " + must.en},
                     std::move(remedy));
    }

    const toml::table root;
    const std::uint32_t file;
    Mistakes& mistakes;
    Places* places = nullptr;
};

namespace {
const Words& without_quotes() {
    static const Words kWords{"请直接书写,不加引号", "write it without quotes"};
    return kWords;
}
}  // namespace

TomlReader::TomlReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TomlReader::~TomlReader() = default;

std::unique_ptr<TomlReader> TomlReader::parse(std::string_view text, std::uint32_t file,
                                              Mistakes& mistakes) {
    try {
        auto impl = std::make_unique<Impl>(toml::parse(text), file, mistakes);
        return std::unique_ptr<TomlReader>(new TomlReader(std::move(impl)));
    } catch (const toml::parse_error& error) {
        const auto begin = error.source().begin;
        const std::string reason(error.description());
        mistakes.add({file, begin.line, begin.column}, {"不是有效的 TOML:" + reason, reason},
                     {"文件须为 TOML 1.0", "the file must be TOML 1.0"});
        return nullptr;
    }
}

TomlReader::Noting::Noting(Impl& impl, Places& places)
    : impl_(impl), before_(std::exchange(impl.places, &places)) {}

TomlReader::Noting::~Noting() {
    impl_.places = before_;
}

TomlReader::Noting TomlReader::note_in(Places& places) {
    return {*impl_, places};
}

TomlReader::Section TomlReader::root() {
    return {&impl_->root, {}};
}

bool TomlReader::has(const Section& section, std::string_view key) const {
    return table_of(section.table_).contains(key);
}

TomlReader::Section TomlReader::named(const Section& section, std::string name) {
    return {section.table_, std::move(name)};
}

std::optional<TomlReader::Section> TomlReader::table(const Section& parent, std::string_view key,
                                                     std::string name, Need need) {
    const auto* node = impl_->find(parent, key, need);
    if (node == nullptr) return std::nullopt;
    if (const auto* table = node->as_table()) return Section(table, std::move(name));
    const std::string form = "[" + std::string(key) + "]";
    impl_->wrong(*node, key, {"表", "a table"},
                 {"请写成 " + form + " 或 { … }", "write " + form + " or { … }"});
    return std::nullopt;
}

std::vector<TomlReader::Section> TomlReader::tables(const Section& parent, std::string_view key,
                                                    const std::string& name, Need need) {
    std::vector<Section> found;
    const auto* node = impl_->find(parent, key, need);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
        const std::string form = "[[" + std::string(key) + "]]";
        impl_->wrong(*node, key, {"表的列表", "a list of tables"},
                     {"请写成 " + form, "write " + form});
        return found;
    }
    for (const auto& element : *array) {
        std::string element_name = name + "[" + std::to_string(found.size()) + "]";
        impl_->note(element_name, element);
        found.push_back(Section(element.as_table(), std::move(element_name)));
    }
    return found;
}

void TomlReader::only(const Section& section, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table_of(section.table_)) {
        if (std::ranges::find(known, key.str()) != known.end()) continue;
        std::string list;
        for (const auto name : known) list += (list.empty() ? "" : ", ") + std::string(name);
        const std::string& in = section.name_;
        impl_->mistakes.add(
            impl_->place(key.source()),
            {(in.empty() ? "" : in + " ") + "没有字段 " + quoted(key.str()),
             quoted(key.str()) + " is not a field" + (in.empty() ? "" : " of " + in)},
            {"可用字段:" + list, "known are " + list});
    }
}

std::uint64_t TomlReader::id(const Section& section, std::string_view key) {
    const auto* node = impl_->find(section, key, Need::required);
    if (node == nullptr) return 0;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 1 && static_cast<std::uint64_t>(*value) <= domain::kIdMax)
        return static_cast<std::uint64_t>(*value);
    impl_->wrong(*node, key,
                 {" 1 至 9007199254740991 的整数", "a whole number from 1 to 9007199254740991"},
                 without_quotes());
    return 0;
}

std::optional<std::uint64_t> TomlReader::number(const Section& section, std::string_view key,
                                                std::uint64_t max) {
    const auto* node = impl_->find(section, key, Need::optional);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 0 && static_cast<std::uint64_t>(*value) <= max)
        return static_cast<std::uint64_t>(*value);
    const std::string most = std::to_string(max);
    impl_->wrong(*node, key, {" 0 至 " + most + " 的整数", "a whole number from 0 to " + most},
                 without_quotes());
    return std::nullopt;
}

std::optional<bool> TomlReader::truth(const Section& section, std::string_view key) {
    const auto* node = impl_->find(section, key, Need::optional);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<bool>();
    if (!value) impl_->wrong(*node, key, {" true 或 false", "true or false"}, without_quotes());
    return value;
}

std::optional<std::string> TomlReader::text(const Section& section, std::string_view key,
                                            Need need) {
    const auto* node = impl_->find(section, key, need);
    if (node == nullptr) return std::nullopt;
    auto value = node->value_exact<std::string>();
    if (!value) impl_->wrong(*node, key, {"文字", "a text"}, {"请加引号", "write it in quotes"});
    return value;
}

catalog::Text TomlReader::texts(const Section& section, std::string_view key, Need need) {
    const auto inner = table(section, key, Impl::full_name(section, key), need);
    if (!inner) return {};
    only(*inner, {"zh", "en"});
    return {text(*inner, "zh", Need::required).value_or(""),
            text(*inner, "en", Need::required).value_or("")};
}

std::string TomlReader::time(const Section& section, std::string_view key, Need need) {
    const auto* node = impl_->find(section, key, need);
    if (node == nullptr) return {};
    const auto value = node->value_exact<toml::date_time>();
    if (value && value->offset) return rfc3339_of(*value);
    impl_->wrong(*node, key, {"带时区的日期和时间", "a date and time with an offset"},
                 {"请写成 2026-12-31T20:00:00+08:00,不加引号",
                  "write it as 2026-12-31T20:00:00+08:00, without quotes"});
    return {};
}

std::vector<std::uint64_t> TomlReader::ids(const Section& section, std::string_view key) {
    std::vector<std::uint64_t> found;
    const auto* node = impl_->find(section, key, Need::required);
    if (node == nullptr) return found;
    const Words must{"编号的列表", "a list of numbers from 1"};
    const Words remedy{"请写成 [2001, 2002]", "write it as [2001, 2002]"};
    const auto* array = node->as_array();
    if (array == nullptr) {
        impl_->wrong(*node, key, must, remedy);
        return found;
    }
    for (const auto& element : *array) {
        const auto value = element.value_exact<std::int64_t>();
        impl_->note(Impl::full_name(section, key) + "[" + std::to_string(found.size()) + "]",
                    element);
        if (value && *value >= 1) {
            found.push_back(static_cast<std::uint64_t>(*value));
        } else {
            impl_->wrong(element, key, must, remedy);
        }
    }
    return found;
}

void TomlReader::mistake(Place place, Words message, Words remedy) {
    impl_->mistakes.add(place, std::move(message), std::move(remedy));
}

Place TomlReader::place_of(const Section& section) const {
    return impl_->place(table_of(section.table_).source());
}

Place TomlReader::place_of(const Section& section, std::string_view key) const {
    const toml::node* node = table_of(section.table_).get(key);
    return node == nullptr ? place_of(section) : impl_->place(node->source());
}

}  // namespace onsale::imports
