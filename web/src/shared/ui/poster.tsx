// The picture of a campaign or show. Without one, a drawing made from its number: always the same
// for the same thing, and nothing that pretends to be a photograph.
export function Poster({
    picture,
    seed,
    eager,
}: {
    picture?: string | null;
    seed: number;
    eager?: boolean;
}) {
    return (
        <span className="poster">
            {picture ? (
                <img src={picture} alt="" loading={eager ? 'eager' : 'lazy'} decoding="async" />
            ) : (
                <Drawing seed={seed} />
            )}
        </span>
    );
}

// A small generator with a good spread (mulberry32): the drawing must not change between visits.
function randomFrom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

function Drawing({ seed }: { seed: number }) {
    const random = randomFrom(seed);
    const hue = Math.floor(random() * 360);
    const discs = Array.from({ length: 7 }, (_, index) => ({
        x: random() * 320,
        y: 40 + random() * 160,
        r: 30 + random() * 90,
        hue: (hue + index * 22) % 360,
    }));
    const id = `ground-${seed}`;
    return (
        <svg viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <defs>
                <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
                    <stop offset="0" stopColor={`hsl(${hue} 62% 30%)`} />
                    <stop offset="1" stopColor={`hsl(${(hue + 70) % 360} 70% 52%)`} />
                </linearGradient>
            </defs>
            <rect width="320" height="180" fill={`url(#${id})`} />
            {discs.map((disc, index) => (
                <circle
                    key={index}
                    cx={disc.x}
                    cy={disc.y}
                    r={disc.r}
                    fill={`hsl(${disc.hue} 80% 62%)`}
                    opacity="0.2"
                />
            ))}
        </svg>
    );
}
