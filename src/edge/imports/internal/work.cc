#include "imports/internal/work.h"

#include <algorithm>

#include "vault/limits.h"

namespace onsale::imports {
namespace {

// What a field's id belongs to already, in both languages.
Words conflict_words(const std::string& field) {
    if (field.starts_with("session"))
        return {"场次编号已存在且内容不同", "this session exists with other content"};
    if (field.starts_with("show"))
        return {"活动编号已存在,主办方或文字不同",
                "this show exists with another organiser or other texts"};
    if (field.starts_with("organiser"))
        return {"主办方编号已存在且名称不同", "this organiser exists with another name"};
    if (field.starts_with("pools"))
        return {"该券码列表已被其他库存使用", "this list of codes is used by another pool"};
    return {"编号已被其他场次使用", "another session has this id"};
}

}  // namespace

Place Work::place_of(const PlannedSession& session, const std::string& field) const {
    const auto show = plan.shows.find(session.definition.show.id);
    if (show != plan.shows.end()) {
        const auto organiser = plan.organisers.find(show->second.organiser);
        if (field.starts_with("show")) return show->second.places.find(field, show->second.place);
        if (field.starts_with("organiser") && organiser != plan.organisers.end())
            return organiser->second.places.find(field, organiser->second.place);
    }
    return session.places.find(field, session.place);
}

std::uint32_t chunk_count(const PlannedList& list) {
    return static_cast<std::uint32_t>((list.codes.list.size() + vault::kCodesPerChunkMax - 1) /
                                      vault::kCodesPerChunkMax);
}

std::vector<std::string> chunk_of(const PlannedList& list, std::uint32_t index) {
    const auto& codes = list.codes.list;
    const std::size_t begin = index * vault::kCodesPerChunkMax;
    const std::size_t end = std::min(codes.size(), begin + vault::kCodesPerChunkMax);
    return {codes.begin() + static_cast<std::ptrdiff_t>(begin),
            codes.begin() + static_cast<std::ptrdiff_t>(end)};
}

void add_site_mistake(Work& work, const PlannedSession& session,
                      const catalog::ChangeResult& result) {
    const Place place = work.place_of(session, result.field);
    if (result.kind == catalog::ChangeKind::conflict) {
        work.mistakes.add(
            place, conflict_words(result.field),
            {"请使用新的编号,或保持内容一致", "use a new id, or send the same content"});
        return;
    }
    work.mistakes.add(
        place,
        {"本站不接受 " + result.field + ":" + result.message, result.field + " " + result.message},
        {"请更正该字段", "correct the field"});
}

}  // namespace onsale::imports
