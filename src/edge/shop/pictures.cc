// /pictures: pictures for everybody, with addresses that never change their content; and sending
// them, for staff.
#include <utility>

#include "gate/api.h"
#include "gate/ownership.h"
#include "shop/campaign_body.h"
#include "shop/internal/resources.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

struct NewPictureBody {
    std::string id;
    std::string url;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};
BOOST_DESCRIBE_STRUCT(NewPictureBody, (), (id, url, width, height))

// What stands under a name never changes, so a browser need not ask again.
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";

std::string_view content_type_of(const catalog::Picture& picture) {
    if (picture.content_type == "image/png") return "image/png";
    return picture.content_type == "image/webp" ? "image/webp" : "image/jpeg";
}

void send_picture(Call call, const catalog::Picture& picture) {
    http::Response response;
    const std::string etag = '"' + picture.name + '"';
    response.headers.push_back({"Cache-Control", std::string(kForEver)});
    response.headers.push_back({"ETag", etag});
    if (http::matches(call.request, etag)) {
        response.status = 304;
    } else {
        response.content_type = content_type_of(picture);
        response.shared_body = picture.bytes;
    }
    call.responder.send(std::move(response));
}

void get(Call call) {
    auto& pictures = call.api.context.catalog.pictures();
    const std::string name(call.request.parameters[0]);
    if (const auto picture = pictures.in_memory(name))
        return send_picture(std::move(call), *picture);
    if (!pictures.knows(name)) return call.fail(Code::picture_unknown);
    env::Executor& home = call.home();
    pictures.find(name, home,
                  [call = std::move(call)](const catalog::Pictures::Found& found) mutable {
                      if (!found) return call.fail(found.error());
                      if (*found == nullptr) return call.fail(Code::picture_unknown);
                      send_picture(std::move(call), **found);
                  });
}

Code code_of(catalog::PictureRefusal refusal) {
    using enum catalog::PictureRefusal;
    switch (refusal) {
        case invalid:
            return Code::picture_invalid;
        case too_many:
            return Code::too_many_pictures;
        case busy:
            return Code::busy;
        case storage_full:
            return Code::storage_full;
        case none:
        case failed:
            break;
    }
    return Code::internal_error;
}

void put(Call call) {
    auto& pictures = call.api.context.catalog.pictures();
    std::string bytes(call.request.body);
    env::Executor& home = call.home();
    // Administrators act for the site, whose bound is the only one of theirs.
    const domain::PersonId sender(organisers_of(call) ? call.subject : 0);
    pictures.put(std::move(bytes), sender, home,
                 [call = std::move(call)](const catalog::PutResult& result) mutable {
                     if (!result.picture) return call.fail(code_of(result.refusal));
                     const auto& picture = *result.picture;
                     const NewPictureBody body{picture.name,
                                               picture_url(picture.name).value_or(std::string()),
                                               picture.width, picture.height};
                     call.send(201, http::to_json(body));
                 });
}

}  // namespace

void add_picture_routes(http::Router& router, const SharedApi& api) {
    http::Operation get_operation;
    get_operation.id = "getPicture";
    get_operation.tag = "pictures";
    get_operation.summary = "A picture";
    get_operation.path_parameters = {{"picture", "Name of the picture"}};
    get_operation.response_content_type = "image/*";
    get_operation.errors = {"picture_unknown"};
    http::Operation put_operation;
    put_operation.id = "putPicture";
    put_operation.tag = "pictures";
    put_operation.summary = "Send a picture; the same bytes again give the same name";
    put_operation.description =
        "The body is the picture itself: PNG, JPEG or WebP, at most 2 MiB and 10,000 pixels a "
        "side. What it is follows from its bytes.";
    put_operation.success_status = 201;
    put_operation.response_schema_json = http::schema_of<NewPictureBody>();
    put_operation.errors = {"staff_only", "picture_invalid", "body_too_large", "too_many_pictures",
                            "busy",       "storage_full"};
    add_route(router, api, RouteId::get_picture, std::move(get_operation), get);
    add_route(router, api, RouteId::put_picture, std::move(put_operation), put,
              catalog::kPictureBytesMax);
}

}  // namespace onsale::shop
