#include "bench/loads.h"

#include <fmt/format.h>

namespace onsale::bench {

OrderLoad::Who OrderLoad::who(std::uint64_t number) const {
    return {number % people_.count(), static_cast<std::uint32_t>(number / people_.count())};
}

std::string_view OrderLoad::request(std::uint64_t number) {
    const Who person = who(number);
    return people_.request(person.index, person.try_number);
}

Verdict OrderLoad::answered(const Exchange& exchange, const Response& response) {
    const Verdict verdict = verdict_of(response.status);
    Tally& tally = tallies_.of(exchange.phase);
    const bool is_refusal = verdict == Verdict::refused;
    const std::string_view code =
        is_refusal || options_.keeps_codes ? read_code(response) : std::string_view();
    tally.answered(verdict, code, exchange.now_us - exchange.due_us);
    const bool has_ticket = verdict == Verdict::accepted || verdict == Verdict::repeated;
    if (options_.keeps_codes && has_ticket)
        tally.issued(code, people_.person(who(exchange.number).index));
    if (options_.record != nullptr) write_down(exchange, response.status, read_answer(response));
    return verdict;
}

void OrderLoad::lost(const Exchange& exchange) {
    tallies_.of(exchange.phase).lost();
    write_down(exchange, 0, {});
}

void OrderLoad::write_down(const Exchange& exchange, std::uint32_t status,
                           const OrderAnswer& answer) {
    if (options_.record == nullptr) return;
    const Who person = who(exchange.number);
    const std::string key = people_.key(person.index, person.try_number);
    const bool is_refusal = verdict_of(status) == Verdict::refused;
    options_.record->add({key, exchange.sent_us, exchange.now_us, people_.person(person.index),
                          options_.campaigns[person.index % options_.campaigns.size()], status,
                          answer.order, is_refusal ? std::string_view() : answer.code});
}

ReadLoad::ReadLoad(std::uint16_t port, const std::vector<std::uint64_t>& campaigns) {
    std::vector<std::string> paths = {"/api/v1/home", "/api/v1/campaigns"};
    for (const auto campaign : campaigns)
        paths.push_back(fmt::format("/api/v1/campaigns/{}", campaign));
    for (const std::string& path : paths) {
        Page page;
        page.first = fmt::format(
            "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: application/json\r\n"
            "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN,zh;q=0.9\r\n\r\n",
            path, port);
        pages_.push_back(std::move(page));
    }
}

std::size_t ReadLoad::page_of(std::uint64_t number) const {
    constexpr std::uint64_t kOfSixteen = 16;
    const std::uint64_t turn = number % kOfSixteen;
    if (turn < 2) return static_cast<std::size_t>(turn);
    return 2 + static_cast<std::size_t>(number / kOfSixteen % (pages_.size() - 2));
}

std::string_view ReadLoad::request(std::uint64_t number) {
    const Page& page = pages_[page_of(number)];
    const bool is_first_visit = number / 16 % 4 == 0;
    return is_first_visit || page.again.empty() ? page.first : page.again;
}

Verdict ReadLoad::answered(const Exchange& exchange, const Response& response) {
    const Verdict verdict = verdict_of_read(response.status);
    const std::string_view code =
        verdict == Verdict::refused ? read_code(response) : std::string_view();
    tallies_.of(exchange.phase).answered(verdict, code, exchange.now_us - exchange.due_us);
    if (response.status == 304 && exchange.phase == Phase::measured) ++unchanged_;
    if (response.status != 200) return verdict;
    Page& page = pages_[page_of(exchange.number)];
    const std::string_view tag = field_of(response.head, "etag");
    if (tag.empty() || tag == page.tag) return verdict;
    page.tag = tag;
    page.again = page.first.substr(0, page.first.size() - 2);
    page.again += fmt::format("If-None-Match: {}\r\n\r\n", tag);
    return verdict;
}

MixedLoad::Part MixedLoad::part(std::uint64_t number) {
    const std::uint64_t round = number / kRound;
    const std::uint64_t turn = number % kRound;
    if (turn < orders_of_ten_) return {orders_, round * orders_of_ten_ + turn};
    return {reads_, round * (kRound - orders_of_ten_) + turn - orders_of_ten_};
}

std::string_view MixedLoad::request(std::uint64_t number) {
    const Part mine = part(number);
    return mine.load.request(mine.number);
}

Verdict MixedLoad::answered(const Exchange& exchange, const Response& response) {
    const Part mine = part(exchange.number);
    Exchange inner = exchange;
    inner.number = mine.number;
    return mine.load.answered(inner, response);
}

void MixedLoad::lost(const Exchange& exchange) {
    const Part mine = part(exchange.number);
    Exchange inner = exchange;
    inner.number = mine.number;
    mine.load.lost(inner);
}

}  // namespace onsale::bench
