// Plan: what an import is going to do, read from its files and found free of every mistake that can
// be seen without the site. Plain values without an owner; codes are pieces of the files' texts, so
// a plan is moved, never copied.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/definition.h"
#include "catalog/pictures.h"
#include "domain/offer.h"
#include "imports/code_file.h"
#include "imports/mistake.h"

namespace onsale::imports {

struct InputFile {
    std::string name;
    std::string text;
};

// A file that another file names.
struct Reference {
    std::string file;
    Place place;
};

struct PlannedOrganiser {
    catalog::OrganiserDefinition definition;
    Places places;
    Place place;
};
struct PlannedShow {
    catalog::ShowDefinition definition;
    std::uint64_t organiser = 0;
    Places places;
    Place place;
};
// `definition` has the ids of its organiser and show only: the rest stands once in the plan.
struct PlannedSession {
    catalog::SessionDefinition definition;
    Places places;
    Place place;
};
struct PlannedList {
    std::uint64_t list = 0;
    Place place;  // where a pool names it
    Codes codes;
    domain::Addition stock;  // as the vault will know it
};
struct PlannedPicture {
    Place place;                     // where it is named first
    catalog::SharedPicture picture;  // as the catalogue will know it
};

struct Plan {
    std::vector<InputFile> files;
    std::map<std::uint64_t, PlannedOrganiser> organisers;
    std::map<std::uint64_t, PlannedShow> shows;
    std::vector<PlannedSession> sessions;
    std::vector<PlannedList> lists;
    std::map<std::string, PlannedPicture> pictures;  // by the name that the files use

    [[nodiscard]] std::uint64_t code_count() const;
    // The session with all that its organiser and show have, and pictures by the catalogue's names.
    [[nodiscard]] catalog::SessionDefinition definition_of(const PlannedSession& session) const;
};

// Reads and checks everything; the plan is of use only when `mistakes` stays empty.
[[nodiscard]] Plan read_plan(std::vector<InputFile> files, Mistakes& mistakes);

}  // namespace onsale::imports
