// Files of an import: a campaign file and the files that it names (rows, codes, pictures) in one
// text, parted by lines "--- name". Whatever is in them, the mistakes lie inside of the files, and
// a plan without mistakes keeps to the limits.
#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "imports/campaign_file.h"
#include "imports/limits.h"
#include "imports/plan.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using imports::InputFile;

std::vector<InputFile> files_in(std::string_view text) {
    constexpr std::string_view kMark = "\n--- ";
    std::vector<InputFile> files;
    std::string name = "campaign.toml";
    for (;;) {
        const auto end = text.find(kMark);
        files.push_back({name, std::string(text.substr(0, end))});
        if (end == std::string_view::npos || files.size() == 8) return files;
        text.remove_prefix(end + kMark.size());
        const auto line = text.substr(0, text.find('\n'));
        name = line;
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
}

}  // namespace

void run(Input input) {
    auto files = files_in(input.rest());
    for (const auto& name : imports::files_named_in(files.front().text))
        ONSALE_CHECK(!name.empty());
    std::vector<std::size_t> lines;
    for (const auto& file : files) {
        const auto ends = std::count(file.text.begin(), file.text.end(), '\n');
        lines.push_back(static_cast<std::size_t>(ends) + 1);
    }
    imports::Mistakes mistakes;
    const auto plan = imports::read_plan(std::move(files), mistakes);
    mistakes.sort();
    for (const auto& mistake : mistakes.list()) {
        ONSALE_CHECK(mistake.place.file < lines.size());
        ONSALE_CHECK(mistake.place.line <= lines[mistake.place.file]);
        ONSALE_CHECK(!mistake.message.en.empty() && !mistake.message.zh.empty());
    }
    if (!mistakes.empty()) return;
    ONSALE_CHECK(plan.sessions.size() <= imports::kSessionsMax);
    ONSALE_CHECK(plan.code_count() <= imports::kCodesMax);
    for (const auto& session : plan.sessions) {
        const auto definition = plan.definition_of(session);
        ONSALE_CHECK(definition.session.id != 0 && !definition.show.name.zh.empty());
    }
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
