#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/check.h"
#include "http/router.h"

namespace onsale::http {
namespace {

namespace json = boost::json;

// Schemas are written by us, by hand or by schema_of(): one that is no JSON is a programmer's
// error.
json::value schema(const std::string& text) {
    json::error_code error;
    auto value = json::parse(text, error);
    ONSALE_CHECK(!error);
    return value;
}

json::string text(std::string_view value) {
    return json::string(value.data(), value.size());
}

// {rest...} is our own; a template of OpenAPI has only names.
std::string path_template(std::string path) {
    const auto dots = path.find("...}");
    if (dots != std::string::npos) path.erase(dots, 3);
    return path;
}

// OpenAPI's keys are the methods in small letters.
std::string_view method_key(Method method) {
    switch (method) {
        case Method::get:
            return "get";
        case Method::head:
            return "head";
        case Method::post:
            return "post";
        case Method::put:
            return "put";
        case Method::patch:
            return "patch";
        case Method::del:
            return "delete";
        case Method::options:
            return "options";
    }
    return "";
}

void add_parameters(json::array& out, const std::vector<Parameter>& parameters,
                    std::string_view place) {
    for (const auto& parameter : parameters) {
        json::object entry;
        entry["name"] = text(parameter.name);
        entry["in"] = text(place);
        if (!parameter.description.empty()) entry["description"] = text(parameter.description);
        entry["required"] = parameter.required || place == "path";
        entry["schema"] = schema(parameter.schema_json);
        out.push_back(std::move(entry));
    }
}

json::object content(std::string_view type, json::value value) {
    json::object media;
    media["schema"] = std::move(value);
    json::object out;
    out[type] = std::move(media);
    return out;
}

json::object responses(const Operation& operation) {
    json::object success;
    success["description"] = text(operation.summary.empty() ? "Success" : operation.summary);
    if (!operation.response_schema_json.empty()) {
        success["content"] =
            content(operation.response_content_type, schema(operation.response_schema_json));
    } else if (operation.response_content_type != "application/json") {
        success["content"] =
            content(operation.response_content_type, json::object{{"type", "string"}});
    }
    json::array codes;
    std::string description = "Refused or failed.";
    for (const auto& code : operation.errors) {
        description += (codes.empty() ? " Codes: " : ", ") + code;
        codes.push_back(text(code));
    }
    json::object failure;
    failure["description"] = text(description);
    failure["content"] =
        content("application/json", json::object{{"$ref", "#/components/schemas/Error"}});
    if (!codes.empty()) failure["x-error-codes"] = std::move(codes);

    json::object out;
    out[std::to_string(operation.success_status)] = std::move(success);
    out["default"] = std::move(failure);
    return out;
}

json::object describe(const Operation& operation) {
    json::object out;
    if (!operation.id.empty()) out["operationId"] = text(operation.id);
    if (!operation.tag.empty()) out["tags"] = json::array{text(operation.tag)};
    if (!operation.summary.empty()) out["summary"] = text(operation.summary);
    if (!operation.description.empty()) out["description"] = text(operation.description);
    json::array parameters;
    add_parameters(parameters, operation.path_parameters, "path");
    add_parameters(parameters, operation.query_parameters, "query");
    add_parameters(parameters, operation.header_parameters, "header");
    if (!parameters.empty()) out["parameters"] = std::move(parameters);
    if (!operation.request_schema_json.empty()) {
        json::object body;
        body["required"] = true;
        body["content"] = content("application/json", schema(operation.request_schema_json));
        out["requestBody"] = std::move(body);
    }
    out["responses"] = responses(operation);
    if (operation.access != "public") {
        json::object requirement;
        requirement[operation.access] = json::array{};
        out["security"] = json::array{std::move(requirement)};
    }
    return out;
}

json::object bearer(std::string_view description) {
    json::object out;
    out["type"] = "http";
    out["scheme"] = "bearer";
    out["bearerFormat"] = "JWT";
    out["description"] = text(description);
    return out;
}

json::object components(const DocumentInfo& info) {
    json::object schemas;
    schemas["Error"] =
        schema(info.error_schema_json.empty() ? R"({"type":"object"})" : info.error_schema_json);
    json::object schemes;
    schemes["person"] = bearer("Login token of a person");
    schemes["operator"] = bearer("Login token of an operator");
    json::object out;
    out["schemas"] = std::move(schemas);
    out["securitySchemes"] = std::move(schemes);
    return out;
}

}  // namespace

std::string openapi_document(const Router& router, const DocumentInfo& info) {
    json::object paths;
    for (const Route& route : router.routes()) {
        auto& methods = paths[path_template(route.pattern)];
        if (!methods.is_object()) methods.emplace_object();
        methods.as_object()[method_key(route.method)] = describe(route.operation);
    }
    json::object header;
    header["title"] = text(info.title);
    header["version"] = text(info.version);
    if (!info.description.empty()) header["description"] = text(info.description);
    json::object document;
    document["openapi"] = "3.1.0";
    document["info"] = std::move(header);
    document["paths"] = std::move(paths);
    document["components"] = components(info);
    return json::serialize(document);
}

}  // namespace onsale::http
