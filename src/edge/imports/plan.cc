#include "imports/plan.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "crypto/crypto.h"
#include "imports/campaign_file.h"
#include "imports/internal/plan_check.h"
#include "imports/session_rows.h"
#include "vault/limits.h"

namespace onsale::imports {
namespace {

bool is_campaign_file(const InputFile& file) {
    return file.name.ends_with(".toml");
}

bool same(const catalog::OrganiserDefinition& a, const catalog::OrganiserDefinition& b) {
    return std::tie(a.id, a.name, a.description, a.picture) ==
           std::tie(b.id, b.name, b.description, b.picture);
}
bool same(const PlannedShow& a, const PlannedShow& b) {
    const auto parts = [](const PlannedShow& show) {
        const auto& d = show.definition;
        return std::tie(d.id, show.organiser, d.name, d.description, d.venue, d.notice, d.picture);
    };
    return parts(a) == parts(b);
}
bool same(const PlannedOrganiser& a, const PlannedOrganiser& b) {
    return same(a.definition, b.definition);
}

class PlanReader {
  public:
    PlanReader(Plan& plan, Mistakes& mistakes) : plan_(plan), mistakes_(mistakes) {}

    void run() {
        bool any = false;
        for (std::uint32_t i = 0; i < plan_.files.size(); ++i) {
            if (!is_campaign_file(plan_.files[i])) continue;
            any = true;
            read_campaigns(i);
        }
        if (!any) {
            mistakes_.add(
                {}, {"没有活动文件", "there is no campaign file"},
                {"请上传扩展名为 .toml 的文件", "upload a file whose name ends in .toml"});
            return;
        }
        find_unused_files();
        if (plan_.sessions.size() > kSessionsMax) {
            mistakes_.add({}, {"场次超过 20000 个", "there are more than 20000 sessions"},
                          {"请拆分为多次导入", "divide it into several imports"});
        }
        // What does not even have the right form would only be complained about twice.
        if (mistakes_.empty()) check_plan(plan_, mistakes_);
        if (plan_.code_count() > kCodesMax) {
            mistakes_.add({}, {"券码超过 5000000 个", "there are more than 5000000 codes"},
                          {"请拆分为多次导入", "divide it into several imports"});
            return;
        }
        compare_codes();
        if (mistakes_.empty()) describe_lists();
    }

  private:
    void read_campaigns(std::uint32_t number) {
        const auto& text = plan_.files[number].text;
        if (text.size() > kCampaignFileBytesMax) {
            mistakes_.add(
                {number, 0, 0}, {"活动文件超过 16 MiB", "the file has more than 16 MiB"},
                {"大量场次请使用 sessions_file", "put many sessions into a sessions_file"});
            return;
        }
        auto file = read_campaign_file(text, number, mistakes_);
        for (auto& organiser : file.organisers) keep(plan_.organisers, std::move(organiser));
        for (auto& show : file.shows) keep(plan_.shows, std::move(show));
        for (auto& session : file.sessions) plan_.sessions.push_back(std::move(session));
        for (const auto& source : file.codes) read_list(source);
        for (const auto& picture : file.pictures) {
            if (const auto found = find(picture)) read_picture(picture, *found);
        }
        for (const auto& rows : file.rows) {
            if (const auto found = find(rows))
                read_session_rows(plan_.files[*found].text, *found, plan_.sessions, mistakes_);
        }
    }

    // The same organiser or show may stand in several files, but not with different content.
    template <class Planned>
    void keep(std::map<std::uint64_t, Planned>& all, Planned planned) {
        const auto id = planned.definition.id;
        const Place place = planned.place;
        const auto [known, fresh] = all.try_emplace(id, std::move(planned));
        if (fresh || same(known->second, planned)) return;
        const std::string there = plan_.files[known->second.place.file].name + ":" +
                                  std::to_string(known->second.place.line);
        mistakes_.add(
            place,
            {"同一编号在 " + there + " 的内容不同", "the same id has other content in " + there},
            {"请统一内容或更换编号", "make them equal or give it another id"});
    }

    std::optional<std::uint32_t> find(const Reference& reference) {
        const auto found = std::ranges::find(plan_.files, reference.file, &InputFile::name);
        if (found != plan_.files.end()) {
            const auto number = static_cast<std::uint32_t>(found - plan_.files.begin());
            used_.insert(number);
            return number;
        }
        const std::string name = "\"" + reference.file + "\"";
        if (reference.file.find('/') != std::string::npos) {
            mistakes_.add(reference.place,
                          {name + " 不是文件名", name + " is not the name of a file"},
                          {"文件须与活动文件放在同一目录", "files stand beside the campaign file"});
        } else if (!reference.file.empty()) {
            mistakes_.add(reference.place, {"缺少文件 " + name, "the file " + name + " is missing"},
                          {"请一并上传该文件", "upload it too"});
        }
        return std::nullopt;
    }

    void read_list(const CodeSource& source) {
        const auto [known, fresh] = lists_.try_emplace(source.list, source.file.place);
        if (!fresh) {
            const std::string there =
                plan_.files[known->second.file].name + ":" + std::to_string(known->second.line);
            mistakes_.add(source.file.place,
                          {"该券码列表已用于 " + there, "this list of codes is used in " + there},
                          {"请使用不同的列表编号", "give each list its own number"});
        }
        const auto number = find(source.file);
        if (!number || !fresh) return;
        PlannedList list;
        list.list = source.list;
        list.place = source.file.place;
        list.codes = read_codes(plan_.files[*number].text, *number, mistakes_);
        if (list.codes.list.size() > vault::kCodesPerListMax) {
            mistakes_.add(list.place, {"列表的券码过多", "the list has too many codes"},
                          {"请拆分为多个列表", "divide it into several lists"});
        }
        plan_.lists.push_back(std::move(list));
    }

    void read_picture(const Reference& named, std::uint32_t number) {
        const auto [known, fresh] = plan_.pictures.try_emplace(named.file);
        if (!fresh) return;
        known->second = {named.place, catalog::Pictures::describe(plan_.files[number].text)};
        if (known->second.picture != nullptr) return;
        mistakes_.add(named.place,
                      {"\"" + named.file + "\" 不是可用的图片",
                       "\"" + named.file + "\" is not a picture that can be used"},
                      {"请使用不超过 2 MiB 的 PNG、JPEG 或 WebP",
                       "use a PNG, JPEG or WebP of at most 2 MiB"});
    }

    void find_unused_files() {
        for (std::uint32_t i = 0; i < plan_.files.size(); ++i) {
            if (is_campaign_file(plan_.files[i]) || used_.contains(i)) continue;
            mistakes_.add({i, 0, 0}, {"没有活动文件引用该文件", "no campaign file names this file"},
                          {"请删除该文件或更正引用的文件名", "remove it, or correct its name"});
        }
    }

    void compare_codes() {
        std::vector<const Codes*> codes;
        for (const auto& list : plan_.lists) codes.push_back(&list.codes);
        std::vector<std::string_view> names;
        for (const auto& file : plan_.files) names.emplace_back(file.name);
        find_repeated_codes(codes, names, mistakes_);
    }

    // As Vault::seal() will: the digest of all codes in order, each followed by a line end.
    void describe_lists() {
        for (auto& list : plan_.lists) {
            std::string all;
            for (const auto code : list.codes.list) all.append(code).push_back('\n');
            list.stock = {domain::AdditionId(list.list), list.codes.list.size(),
                          crypto::sha256(std::string_view(all))};
        }
    }

    Plan& plan_;
    Mistakes& mistakes_;
    std::set<std::uint32_t> used_;
    std::map<std::uint64_t, Place> lists_;
};

}  // namespace

std::uint64_t Plan::code_count() const {
    std::uint64_t count = 0;
    for (const auto& list : lists) count += list.codes.list.size();
    return count;
}

catalog::SessionDefinition Plan::definition_of(const PlannedSession& session) const {
    auto definition = session.definition;
    const auto name_picture = [this](std::string& picture) {
        const auto found = pictures.find(picture);
        if (found != pictures.end() && found->second.picture != nullptr)
            picture = found->second.picture->name;
    };
    for (auto& campaign : definition.campaigns) name_picture(campaign.picture);
    const auto show = shows.find(definition.show.id);
    if (show == shows.end()) return definition;
    definition.show = show->second.definition;
    name_picture(definition.show.picture);
    const auto organiser = organisers.find(show->second.organiser);
    if (organiser == organisers.end()) return definition;
    definition.organiser = organiser->second.definition;
    name_picture(definition.organiser.picture);
    return definition;
}

Plan read_plan(std::vector<InputFile> files, Mistakes& mistakes) {
    Plan plan;
    plan.files = std::move(files);
    PlanReader(plan, mistakes).run();
    mistakes.sort();
    return plan;
}

}  // namespace onsale::imports
