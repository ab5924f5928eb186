#include "specs/spec.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace onsale::specs {
namespace {

using base::Unexpected;
using Problem = std::optional<std::string>;

constexpr std::int64_t kNumberMax = 1'000'000;

struct Field {
    std::string_view name;
    Range Spec::*place;
};
constexpr Field kRanges[] = {
    {"people", &Spec::people},   {"codes", &Spec::codes},     {"numbers", &Spec::numbers},
    {"actions", &Spec::actions}, {"changes", &Spec::changes}, {"faults", &Spec::faults},
    {"pause", &Spec::pause},
};

class Reading {
  public:
    Reading(const std::string& path, const Names& names) : path_(path), names_(names) {}

    Problem read(const toml::table& document) {
        for (const auto& [key, node] : document) {
            if (auto problem = read_entry(key.str(), node)) return problem;
        }
        if (spec.name.empty()) return path_ + ": a spec needs a name";
        if (spec.workloads.empty() || spec.kinds.empty())
            return path_ + ": a spec needs the tables [workloads] and [kinds]";
        return {};
    }

    Spec spec;

  private:
    Problem read_entry(std::string_view key, const toml::node& node) {
        if (key == "name") return read_text(node, spec.name);
        if (key == "about") return read_text(node, spec.about);
        if (key == "workloads") return read_shares(node, names_.workloads, spec.workloads);
        if (key == "kinds") return read_shares(node, names_.faults, spec.kinds);
        if (key == "cancels") {
            Range percent;
            if (auto problem = read_range(node, percent)) return problem;
            if (percent.most > 100) return at(node, "is a percentage");
            spec.cancels = percent.most;
            return {};
        }
        for (const auto& field : kRanges) {
            if (field.name == key) return read_range(node, spec.*field.place);
        }
        return at(node, "there is no setting " + std::string(key));
    }

    Problem at(const toml::node& node, const std::string& what) const {
        return path_ + ":" + std::to_string(node.source().begin.line) + ": " + what;
    }

    Problem read_text(const toml::node& node, std::string& out) const {
        const auto text = node.value<std::string>();
        if (!text) return at(node, "is not a text");
        out = *text;
        return {};
    }

    static std::optional<std::uint64_t> number(const toml::node& node) {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < 0 || *value > kNumberMax) return std::nullopt;
        return static_cast<std::uint64_t>(*value);
    }

    Problem read_range(const toml::node& node, Range& out) const {
        if (const auto one = number(node)) {
            out = {*one, *one};
            return {};
        }
        const auto* pair = node.as_array();
        if (pair == nullptr || pair->size() != 2) return at(node, "is not a number or a range");
        const auto least = number((*pair)[0]);
        const auto most = number((*pair)[1]);
        if (!least || !most || *least > *most) return at(node, "is not a range");
        out = {*least, *most};
        return {};
    }

    Problem read_shares(const toml::node& node, const std::vector<std::string_view>& known,
                        std::vector<Share>& out) const {
        const auto* table = node.as_table();
        if (table == nullptr) return at(node, "is not a table");
        for (const auto& [key, value] : *table) {
            if (std::ranges::find(known, key.str()) == known.end())
                return at(value, "nothing is called " + std::string(key.str()));
            const auto share = number(value);
            if (!share) return at(value, "is not a share");
            if (*share > 0) out.push_back({std::string(key.str()), *share});
        }
        return {};
    }

    const std::string& path_;
    const Names& names_;
};

}  // namespace

base::Result<Spec, std::string> read_spec(std::string_view text, const std::string& path,
                                          const Names& names) {
    Reading reading(path, names);
    try {
        const toml::table document = toml::parse(text, path);
        if (auto problem = reading.read(document)) return Unexpected{std::move(*problem)};
    } catch (const toml::parse_error& error) {
        return Unexpected{path + ":" + std::to_string(error.source().begin.line) + ": " +
                          std::string(error.description())};
    }
    return std::move(reading.spec);
}

}  // namespace onsale::specs
