// Pages: the files of a site's front end, read from a folder into memory once, at the start, each
// with its packed variants (a file.br or file.gz beside it) and a strong ETag. A request is a
// look-up in a map, so no path can lead out of the folder. Immutable; any thread. After a crash:
// read again.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "env/files.h"
#include "http/ready.h"

namespace onsale::http {

inline constexpr std::size_t kPageFilesMax = 4096;
inline constexpr std::size_t kPageBytesMax = 256 * 1024 * 1024;  // of all files together
inline constexpr std::size_t kPageFoldersDeepMax = 8;

class Pages {
  public:
    // The error is a sentence with the remedy. The folder must have an index.html.
    static base::Result<std::unique_ptr<Pages>, std::string> load(env::Files& files,
                                                                  const std::string& folder);
    ~Pages();

    // The answer to a GET or HEAD of a file. A path that is none gets index.html when a browser
    // goes there (Accept: text/html), for the page's own router to look at; nothing below /api/ and
    // nothing that looks like a file.
    [[nodiscard]] std::optional<Response> find(const Request& request) const;
    [[nodiscard]] std::size_t size() const;

  private:
    struct Impl;
    explicit Pages(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsale::http
