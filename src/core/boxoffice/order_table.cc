#include "boxoffice/internal/order_table.h"
#include "base/check.h"

namespace onsale::boxoffice {

const StoredOrder* OrderTable::find(std::uint64_t number) const {
    const std::uint64_t chunk = number / kChunkOrders;
    if (chunk >= chunks_.size() || chunks_[chunk] == nullptr) return nullptr;
    const StoredOrder& order = chunks_[chunk]->orders[number % kChunkOrders];
    return order.campaign == nullptr ? nullptr : &order;
}

StoredOrder* OrderTable::find(std::uint64_t number) {
    return const_cast<StoredOrder*>(static_cast<const OrderTable*>(this)->find(number));
}

StoredOrder& OrderTable::insert(std::uint64_t number) {
    const std::uint64_t chunk = number / kChunkOrders;
    if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
    if (chunks_[chunk] == nullptr) chunks_[chunk] = std::make_unique<Chunk>();
    StoredOrder& order = chunks_[chunk]->orders[number % kChunkOrders];
    ONSALE_CHECK(order.campaign == nullptr);
    ++chunks_[chunk]->used;
    ++size_;
    return order;
}

void OrderTable::erase(std::uint64_t number) {
    StoredOrder* order = find(number);
    ONSALE_CHECK(order != nullptr);
    if (order->lines > 1) extra_lines.erase(number);
    *order = StoredOrder{};
    --size_;
    auto& chunk = chunks_[number / kChunkOrders];
    if (--chunk->used == 0) chunk.reset();
}

std::uint64_t OrderTable::next(std::uint64_t number) const {
    while (number / kChunkOrders < chunks_.size()) {
        if (chunks_[number / kChunkOrders] == nullptr) {
            number = (number / kChunkOrders + 1) * kChunkOrders;
        } else if (find(number) != nullptr) {
            return number;
        } else {
            ++number;
        }
    }
    return 0;
}

}  // namespace onsale::boxoffice
