// Ids of new things are chosen by whoever makes them, so that a repeated request makes nothing
// twice. Twelve random digits: far from the small numbers that people write into files, and short
// enough to read out.
const kLowest = 100_000_000_000;
const kCount = 900_000_000_000;

export function freshId(): number {
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
    const random = (high & 0x1fffff) * 2 ** 32 + low;
    return kLowest + (random % kCount);
}
