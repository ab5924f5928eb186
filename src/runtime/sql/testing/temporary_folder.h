// TemporaryFolder: a folder on the real disk that is removed at the end of a test.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "base/check.h"

#include <stdlib.h>

namespace onsale::sql::testing {

class TemporaryFolder {
  public:
    TemporaryFolder() : path_(std::filesystem::temp_directory_path() / "onsale_test_XXXXXX") {
        ONSALE_CHECK(::mkdtemp(path_.data()) != nullptr);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace onsale::sql::testing
