#include "bench/timeline.h"

#include <algorithm>

namespace onsale::bench {
namespace {

// The element of a time, made if it is not there yet.
template <class T>
T& at(std::vector<T>& elements, std::int64_t time_us, std::int64_t width_us, std::size_t most) {
    const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(0, time_us) / width_us);
    const std::size_t index = std::min(wanted, most - 1);
    if (index >= elements.size()) elements.resize(index + 1);
    return elements[index];
}

}  // namespace

void Timeline::add(Verdict verdict, std::int64_t due_us, std::int64_t answered_us) {
    constexpr std::size_t kSlicesMax = kSecondsMax * (kSecondUs / kSliceUs);
    Slice& slice = at(slices_, answered_us, kSliceUs, kSlicesMax);
    switch (verdict) {
        case Verdict::accepted:
            ++slice.accepted;
            break;
        case Verdict::refused:
            ++slice.refused;
            break;
        case Verdict::repeated:
        case Verdict::failed:
        case Verdict::read:
            ++slice.other;
            break;
    }
    at(seconds_, due_us, kSecondUs, kSecondsMax)
        .add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, answered_us - due_us)));
}

}  // namespace onsale::bench
