// /api/v1/imports: files of campaigns and codes are brought in pieces, checked whole, and carried
// out with progress. An import is its operator's own.
#include <algorithm>
#include <utility>

#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "gate/ownership.h"
#include "imports/imports.h"
#include "imports/limits.h"
#include "imports/templates.h"
#include "shop/campaign_body.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

struct CreatedImportBody {
    std::uint64_t import = 0;
};
BOOST_DESCRIBE_STRUCT(CreatedImportBody, (), (import))
struct StagedFileBody {
    std::string name;
    std::uint64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(StagedFileBody, (), (name, bytes))
struct MistakeBody {
    std::string file;  // empty: the import as a whole
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    TextBody message;
    TextBody remedy;
};
BOOST_DESCRIBE_STRUCT(MistakeBody, (), (file, line, column, message, remedy))
struct ImportBody {
    std::uint64_t import = 0;
    std::string state;  // uploading, checking, faulty, ready, running, done, failed
    std::string created_at;
    std::vector<StagedFileBody> files;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t sessions = 0;
    std::uint64_t codes = 0;
    std::vector<MistakeBody> mistakes;
    std::optional<std::string> outcome;  // accepted, unchanged
    std::optional<TextBody> trouble;     // why it failed, when no file is to blame
};
BOOST_DESCRIBE_STRUCT(ImportBody, (),
                      (import, state, created_at, files, done, total, sessions, codes, mistakes,
                       outcome, trouble))
struct ImportsBody {
    std::vector<ImportBody> imports;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(ImportsBody, (), (imports, next))

TextBody body_of(imports::Words words) {
    return {std::move(words.zh), std::move(words.en)};
}

ImportBody body_of(imports::ImportView view) {
    ImportBody body;
    body.import = view.id;
    body.state = to_string(view.state);
    body.created_at = base::to_rfc3339(view.created_at);
    for (auto& file : view.files) body.files.push_back({std::move(file.name), file.bytes});
    body.done = view.done;
    body.total = view.total;
    body.sessions = view.sessions;
    body.codes = view.codes;
    for (auto& mistake : view.mistakes) {
        body.mistakes.push_back({std::move(mistake.file), mistake.line, mistake.column,
                                 body_of(std::move(mistake.message)),
                                 body_of(std::move(mistake.remedy))});
    }
    if (view.outcome != imports::ImportOutcome::none) body.outcome = to_string(view.outcome);
    if (!view.trouble.empty()) body.trouble = body_of(std::move(view.trouble));
    return body;
}

Code code_of(imports::ImportRefusal refusal) {
    using enum imports::ImportRefusal;
    switch (refusal) {
        case none:
            break;
        case import_unknown:
            return Code::import_unknown;
        case too_many_imports:
            return Code::too_many_imports;
        case import_at_work:
            return Code::import_at_work;
        case import_over:
            return Code::import_over;
        case name_invalid:
            return Code::invalid_field;
        case piece_missing:
            return Code::piece_missing;
        case file_too_large:
            return Code::file_too_large;
        case import_too_large:
            return Code::import_too_large;
        case too_many_files:
            return Code::too_many_files;
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case failed:
            break;
    }
    return Code::internal_error;
}

void fail_import(Call& call, imports::ImportRefusal refusal) {
    if (refusal == imports::ImportRefusal::name_invalid)
        return call.fail_field("name", "is not the plain name of a file of at most 100 bytes");
    call.fail(code_of(refusal));
}

// %41 and the like; nothing for what is no encoding.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const auto hex = crypto::from_hex(text.substr(i + 1, 2));
        if (!hex || hex->size() != 1) return std::nullopt;
        out += *hex;
        i += 2;
    }
    return out;
}

imports::Importer importer_of(const Call& call) {
    auto organisers = organisers_of(call);
    if (!organisers) return {call.subject, true, {}};
    return {call.subject, false, *std::move(organisers)};
}

bool may_see(const Call& call, const imports::ImportView& view) {
    const auto importer = importer_of(call);
    return importer.all_organisers || view.owner == importer.person;
}

// The import that the path names, if it is the caller's; answers the call if not.
std::optional<imports::ImportView> import_of(Call& call) {
    const auto id = parse_id(call.request.parameters[0]);
    auto view = id ? call.api.context.imports.view(*id) : std::nullopt;
    if (view && may_see(call, *view)) return view;
    call.fail(Code::import_unknown);
    return std::nullopt;
}

void list(Call call) {
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto before = number_query(call, {"before", domain::kIdMax, 1, domain::kIdMax});
    if (!before) return;
    ImportsBody body;
    for (auto& view : call.api.context.imports.all()) {
        if (view.id >= *before || !may_see(call, view)) continue;
        if (body.imports.size() == *limit) {
            body.next = body.imports.back().import;
            break;
        }
        body.imports.push_back(body_of(std::move(view)));
    }
    call.send(200, http::to_json(body));
}

void create(Call call) {
    auto& imports = call.api.context.imports;
    const auto owner = call.subject;
    env::Executor& home = call.home();
    imports.create(owner, home,
                   [call = std::move(call)](const imports::Imports::Created& created) mutable {
                       if (created.refusal != imports::ImportRefusal::none)
                           return fail_import(call, created.refusal);
                       call.send(201, http::to_json(CreatedImportBody{created.import}));
                   });
}

void show(Call call) {
    auto view = import_of(call);
    if (view) call.send(200, http::to_json(body_of(*std::move(view))));
}

void write(Call call) {
    const auto view = import_of(call);
    if (!view) return;
    auto name = decoded(call.request.parameters[1]);
    if (!name) return fail_import(call, imports::ImportRefusal::name_invalid);
    const auto offset = number_query(call, {"offset", 0, 0, imports::kFileBytesMax});
    if (!offset) return;
    auto& imports = call.api.context.imports;
    env::Executor& home = call.home();
    // The body lives until the call is answered.
    imports::Piece piece{*std::move(name), *offset, call.request.body};
    imports.write(view->id, std::move(piece), home,
                  [call = std::move(call)](imports::ImportRefusal refusal) mutable {
                      if (refusal != imports::ImportRefusal::none)
                          return fail_import(call, refusal);
                      call.send(204, {});
                  });
}

imports::Imports::Reply accepted_on(Call call, std::uint64_t import) {
    return [call = std::move(call), import](imports::ImportRefusal refusal) mutable {
        if (refusal != imports::ImportRefusal::none) return fail_import(call, refusal);
        call.send(202, http::to_json(CreatedImportBody{import}));
    };
}

void check(Call call) {
    const auto view = import_of(call);
    if (!view) return;
    auto& imports = call.api.context.imports;
    env::Executor& home = call.home();
    auto importer = importer_of(call);
    imports.check(view->id, std::move(importer), home, accepted_on(std::move(call), view->id));
}

void start(Call call) {
    const auto view = import_of(call);
    if (!view) return;
    auto& imports = call.api.context.imports;
    env::Executor& home = call.home();
    auto importer = importer_of(call);
    imports.start(view->id, std::move(importer), home, accepted_on(std::move(call), view->id));
}

void remove(Call call) {
    const auto view = import_of(call);
    if (!view) return;
    auto& imports = call.api.context.imports;
    env::Executor& home = call.home();
    imports.remove(view->id, home,
                   [call = std::move(call)](imports::ImportRefusal refusal) mutable {
                       if (refusal != imports::ImportRefusal::none)
                           return fail_import(call, refusal);
                       call.send(204, {});
                   });
}

// `content_type`: a literal.
CallHandler template_handler(std::string_view content_type, std::string_view file,
                             std::string_view text) {
    return [=](Call call) {
        http::Response response;
        response.content_type = content_type;
        response.body = text;
        response.headers = {
            {"Content-Disposition", "attachment; filename=\"" + std::string(file) + "\""}};
        call.responder.send(std::move(response));
    };
}

const http::Parameter kImport{"import", "Number of the import", true,
                              R"({"type":"integer","format":"int64"})"};

http::Operation operation_of(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "imports";
    operation.summary = std::move(summary);
    operation.errors = {"staff_only"};
    return operation;
}

http::Operation template_operation(std::string id, std::string summary, std::string type) {
    auto operation = operation_of(std::move(id), std::move(summary));
    operation.response_content_type = std::move(type);
    return operation;
}

// One that names an import.
http::Operation import_operation(std::string id, std::string summary, std::uint16_t status) {
    auto operation = operation_of(std::move(id), std::move(summary));
    operation.path_parameters = {kImport};
    operation.success_status = status;
    operation.errors = {"staff_only", "import_unknown", "import_at_work", "import_over", "busy"};
    if (status == 202) operation.response_schema_json = http::schema_of<CreatedImportBody>();
    return operation;
}

http::Operation write_operation() {
    auto operation =
        import_operation("writeImportFile",
                         "Bring a piece of a file: its bytes from `offset` on, at most 4 MiB", 204);
    operation.description =
        "Pieces come in order; the same piece again changes nothing, and offset 0 begins the file "
        "anew. A file has at most 64 MiB, an import 512 MiB.";
    operation.path_parameters.push_back(
        {"name", "Name of the file, as the campaign file has it", true, R"({"type":"string"})"});
    operation.query_parameters = {{"offset", "Where the piece begins, in bytes; 0 when absent",
                                   false, R"({"type":"integer"})"}};
    for (const char* error : {"invalid_field", "piece_missing", "file_too_large",
                              "import_too_large", "too_many_files", "storage_full"})
        operation.errors.emplace_back(error);
    return operation;
}

}  // namespace

void add_import_routes(http::Router& router, const SharedApi& api) {
    auto create_operation = operation_of("createImport", "Begin an import");
    create_operation.success_status = 201;
    create_operation.response_schema_json = http::schema_of<CreatedImportBody>();
    create_operation.errors = {"staff_only", "too_many_imports", "busy"};

    auto list_operation = operation_of("listImports", "Imports since the start, the newest first");
    list_operation.query_parameters = {
        {"limit", "At most so many, 1 to 100", false, R"({"type":"integer"})"},
        {"before", "Those before this one", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<ImportsBody>();

    auto show_operation =
        import_operation("getImport", "An import: how far it is, and its mistakes", 200);
    show_operation.response_schema_json = http::schema_of<ImportBody>();

    auto toml =
        template_operation("getImportTemplate", "A campaign file to begin with", "text/plain");
    auto csv =
        template_operation("getImportRowsTemplate", "Sessions as rows, to begin with", "text/csv");

    add_route(router, api, RouteId::list_imports, std::move(list_operation), list);
    add_route(router, api, RouteId::create_import, std::move(create_operation), create);
    add_route(
        router, api, RouteId::get_import_template, std::move(toml),
        template_handler("text/plain; charset=utf-8", "campaign.toml", imports::template_toml()));
    add_route(router, api, RouteId::get_import_rows_template, std::move(csv),
              template_handler("text/csv; charset=utf-8", "sessions.csv", imports::template_csv()));
    add_route(router, api, RouteId::get_import, std::move(show_operation), show);
    add_route(router, api, RouteId::write_import_file, write_operation(), write,
              imports::kPieceBytesMax);
    add_route(router, api, RouteId::check_import,
              import_operation("checkImport", "Check it whole; nothing changes", 202), check);
    add_route(router, api, RouteId::start_import,
              import_operation("startImport", "Check it whole, then carry it out", 202), start);
    add_route(
        router, api, RouteId::remove_import,
        import_operation("removeImport", "Remove it with its files; what was done stays", 204),
        remove);
}

}  // namespace onsale::backstage
