// TomlReader: one TOML table read field by field, with every mistake noted at its place: a wrong
// type, a missing field, a field that nobody knows. Used by campaign_file.cc only; it hides the
// TOML library from everything else. Belongs to one thread; keeps nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/campaign_body.h"
#include "cli/mistake.h"

namespace onsale::cli {

enum class Need : std::uint8_t { required, optional };

// Where each field of the JSON body stands in the file ("tiers[0].price").
using Places = std::map<std::string, Place>;

class TomlReader {
  public:
    // A section is a table with the name that its fields have in the JSON body.
    class Section;

    // Nothing after a syntax error, which is then in `mistakes`.
    static std::unique_ptr<TomlReader> parse(std::string_view text, const std::string& file,
                                             Mistakes& mistakes, Places& places);
    ~TomlReader();

    [[nodiscard]] Section root();
    // A table; nothing if it is not there (a mistake when required).
    [[nodiscard]] std::optional<Section> table(const Section& parent, std::string_view key,
                                               std::string name, Need need);
    // [[key]] tables; names are name[0], name[1], …
    [[nodiscard]] std::vector<Section> tables(const Section& parent, std::string_view key,
                                              const std::string& name);
    // Fields of the section that are not among `known` are mistakes.
    void only(const Section& section, std::initializer_list<std::string_view> known);

    // A number from 1 to 2^53 - 1; 0 after a mistake.
    std::uint64_t id(const Section& section, std::string_view key);
    std::optional<std::uint64_t> number(const Section& section, std::string_view key,
                                        std::uint64_t max);
    std::optional<bool> truth(const Section& section, std::string_view key);
    std::optional<std::string> text(const Section& section, std::string_view key, Need need);
    // { zh = "…", en = "…" }
    std::optional<api::TextBody> texts(const Section& section, std::string_view key, Need need);
    // A date and time with an offset, as RFC 3339.
    std::optional<std::string> time(const Section& section, std::string_view key, Need need);
    std::vector<std::uint64_t> ids(const Section& section, std::string_view key);

    void mistake(Place place, std::string what, std::string remedy);
    [[nodiscard]] Place place_of(const Section& section) const;

  private:
    struct Impl;
    explicit TomlReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class TomlReader::Section {
  public:
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    friend class TomlReader;
    friend struct TomlReader::Impl;
    Section(const void* table, std::string name) : table_(table), name_(std::move(name)) {}
    const void* table_;  // toml::table
    std::string name_;   // in the JSON body; empty: the root
};

}  // namespace onsale::cli
