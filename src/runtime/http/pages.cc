#include "http/pages.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace onsale::http {
namespace {

constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
constexpr std::string_view kAskEachTime = "no-cache";

struct Kind {
    std::string_view ending;
    std::string_view content_type;
};
constexpr std::array kKinds = {Kind{".html", "text/html; charset=utf-8"},
                               Kind{".js", "text/javascript; charset=utf-8"},
                               Kind{".mjs", "text/javascript; charset=utf-8"},
                               Kind{".css", "text/css; charset=utf-8"},
                               Kind{".json", "application/json"},
                               Kind{".webmanifest", "application/manifest+json"},
                               Kind{".svg", "image/svg+xml"},
                               Kind{".png", "image/png"},
                               Kind{".jpg", "image/jpeg"},
                               Kind{".jpeg", "image/jpeg"},
                               Kind{".webp", "image/webp"},
                               Kind{".ico", "image/x-icon"},
                               Kind{".woff2", "font/woff2"},
                               Kind{".woff", "font/woff"},
                               Kind{".wasm", "application/wasm"},
                               Kind{".map", "application/json"},
                               Kind{".txt", "text/plain; charset=utf-8"}};

std::string_view content_type_of(std::string_view path) {
    const auto found =
        std::ranges::find_if(kKinds, [&](const Kind& kind) { return path.ends_with(kind.ending); });
    return found == kKinds.end() ? "application/octet-stream" : found->content_type;
}

// Names below /assets/ carry a hash of their content (index-B7dK20aQ.js), so another content has
// another name.
std::string_view cache_control_of(std::string_view path) {
    return path.starts_with("/assets/") ? kForEver : kAskEachTime;
}

std::string_view last_segment(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

using Tree = std::vector<std::pair<std::string, std::string>>;  // path below the folder, content

// Reads everything below `folder`. What can be listed is a folder.
class Reader {
  public:
    Reader(env::Files& files, std::string root) : files_(files), root_(std::move(root)) {}

    base::Result<Tree, std::string> read() {
        ONSALE_TRY(read_folder("", 0));
        return std::move(tree_);
    }

  private:
    using Done = base::Result<void, std::string>;

    Done read_folder(const std::string& path, std::size_t depth) {
        if (depth > kPageFoldersDeepMax) return wrong(path, "folders are nested too deeply");
        const auto names = files_.list(root_ + path);
        if (!names) return wrong(path, env::to_string(names.error()));
        for (const auto& name : *names) ONSALE_TRY(read_entry(path + "/" + name, depth));
        return {};
    }

    Done read_entry(const std::string& path, std::size_t depth) {
        if (files_.list(root_ + path)) return read_folder(path, depth + 1);
        auto content = env::read_file(files_, root_ + path);
        if (!content) return wrong(path, env::to_string(content.error()));
        bytes_ += content->size();
        if (bytes_ > kPageBytesMax || tree_.size() >= kPageFilesMax)
            return wrong(path, "these are more or larger files than pages can have");
        tree_.emplace_back(path, std::move(*content));
        return {};
    }

    [[nodiscard]] base::Unexpected<std::string> wrong(const std::string& path,
                                                      std::string_view why) const {
        return base::Unexpected{"pages in " + root_ + path + ": " + std::string(why)};
    }

    env::Files& files_;
    const std::string root_;
    Tree tree_;
    std::size_t bytes_ = 0;
};

SharedReady make_page(const std::string& path, std::string content) {
    ReadyOptions options;
    options.content_type = content_type_of(path);
    options.cache_control = cache_control_of(path);
    options.content_policy = kPagesPolicy;
    options.pack = false;  // the build has packed what is worth it
    return make_ready(std::move(content), options);
}

}  // namespace

struct Pages::Impl {
    boost::unordered_flat_map<std::string, std::shared_ptr<Ready>> pages;

    [[nodiscard]] const Ready* page(std::string_view path) const {
        const auto found = pages.find(std::string(path));
        return found == pages.end() ? nullptr : found->second.get();
    }

    // A packed variant belongs to the file whose name it extends; without that, it is a file.
    void add(const std::string& path, std::string content) {
        const bool is_gzip = path.ends_with(".gz");
        const bool is_brotli = path.ends_with(".br");
        const auto owner =
            is_gzip || is_brotli ? pages.find(path.substr(0, path.size() - 3)) : pages.end();
        if (owner == pages.end()) {
            pages[path] = std::make_shared<Ready>(*make_page(path, std::move(content)));
            return;
        }
        auto bytes = std::make_shared<const std::string>(std::move(content));
        (is_gzip ? owner->second->gzip : owner->second->brotli) = std::move(bytes);
    }
};

base::Result<std::unique_ptr<Pages>, std::string> Pages::load(env::Files& files,
                                                              const std::string& folder) {
    ONSALE_TRY_ASSIGN(tree, Reader(files, folder).read());
    auto impl = std::make_unique<Impl>();
    // Names are sorted, so a file comes before its variants.
    std::ranges::sort(tree);
    for (auto& [path, content] : tree) impl->add(path, std::move(content));
    if (impl->page(kIndex) == nullptr)
        return base::Unexpected{"pages in " + folder +
                                ": there is no index.html; name the folder that the build of the "
                                "pages has written"};
    return std::unique_ptr<Pages>(new Pages(std::move(impl)));
}

Pages::Pages(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pages::~Pages() = default;

std::optional<Response> Pages::find(const Request& request) const {
    if (request.method != Method::get && request.method != Method::head) return std::nullopt;
    if (request.path.starts_with("/api/")) return std::nullopt;
    const Ready* page = impl_->page(request.path);
    if (page != nullptr) return answer_from(*page, request);
    const bool is_file = last_segment(request.path).find('.') != std::string_view::npos;
    if (is_file || request.header("Accept").find("text/html") == std::string_view::npos)
        return std::nullopt;
    return answer_from(*impl_->page(kIndex), request);
}

std::size_t Pages::size() const {
    return impl_->pages.size();
}

}  // namespace onsale::http
