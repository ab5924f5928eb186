// Feeds files to a fuzz target without libFuzzer, so that any compiler checks the corpus.
// Arguments: files and folders. The last line counts what was fed; nothing to feed is a failure.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "target.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& place) {
    std::error_code error;
    if (!fs::is_directory(place, error)) return {place};
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(place, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->is_regular_file(error)) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool replay(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return false;
    }
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    // Said before, so that the last line names the file that ended the process.
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    // A copy of exactly this size: the sanitizers see a read behind its end.
    const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
    return LLVMFuzzerTestOneInput(exact.data(), exact.size()) == 0;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t fed = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& path : files_in(arguments[i])) {
            if (!replay(path)) return 1;
            ++fed;
        }
    }
    std::printf("%zu files\n", fed);
    return fed == 0 ? 1 : 0;
}
