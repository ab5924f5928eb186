// TomlReader: one TOML file read table by table and field by field, with every mistake noted at its
// place: a wrong type, a missing field, a field that nobody knows. It hides the TOML library from
// everything else. Belongs to one thread; keeps nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imports/mistake.h"

namespace onsale::imports {

enum class Need : std::uint8_t { required, optional };

class TomlReader {
  public:
    // A section is a table with the name that its fields have in a definition ("tiers[0]").
    class Section;

    // Nothing after a syntax error, which is then in `mistakes`. `file`: its number in the import.
    static std::unique_ptr<TomlReader> parse(std::string_view text, std::uint32_t file,
                                             Mistakes& mistakes);
    ~TomlReader();

    // As long as the returned object lives, the places of fields are noted there; then again where
    // they were noted before.
    class Noting;
    [[nodiscard]] Noting note_in(Places& places);

    [[nodiscard]] Section root();
    [[nodiscard]] bool has(const Section& section, std::string_view key) const;
    // The same table under another name.
    [[nodiscard]] static Section named(const Section& section, std::string name);
    // A table; nothing if it is not there (a mistake when required).
    [[nodiscard]] std::optional<Section> table(const Section& parent, std::string_view key,
                                               std::string name, Need need);
    // [[key]] tables; their names are name[0], name[1], …
    [[nodiscard]] std::vector<Section> tables(const Section& parent, std::string_view key,
                                              const std::string& name, Need need);
    // Fields of the section that are not among `known` are mistakes.
    void only(const Section& section, std::initializer_list<std::string_view> known);

    // A number from 1 to 2^53 - 1; 0 after a mistake.
    std::uint64_t id(const Section& section, std::string_view key);
    std::optional<std::uint64_t> number(const Section& section, std::string_view key,
                                        std::uint64_t max);
    std::optional<bool> truth(const Section& section, std::string_view key);
    std::optional<std::string> text(const Section& section, std::string_view key, Need need);
    // { zh = "…", en = "…" }; empty texts when it is not there.
    catalog::Text texts(const Section& section, std::string_view key, Need need);
    // A date and time with an offset, as RFC 3339; empty when it is not there.
    std::string time(const Section& section, std::string_view key, Need need);
    std::vector<std::uint64_t> ids(const Section& section, std::string_view key);

    void mistake(Place place, Words message, Words remedy);
    [[nodiscard]] Place place_of(const Section& section) const;
    // Of a field, or of the section when the field is not there.
    [[nodiscard]] Place place_of(const Section& section, std::string_view key) const;

  private:
    struct Impl;
    explicit TomlReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class TomlReader::Noting {
  public:
    Noting(const Noting&) = delete;
    Noting& operator=(const Noting&) = delete;
    ~Noting();

  private:
    friend class TomlReader;
    Noting(Impl& impl, Places& places);
    Impl& impl_;
    Places* before_;
};

class TomlReader::Section {
  public:
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    friend class TomlReader;
    friend struct TomlReader::Impl;
    Section(const void* table, std::string name) : table_(table), name_(std::move(name)) {}
    const void* table_;  // toml::table
    std::string name_;   // empty: the root
};

}  // namespace onsale::imports
