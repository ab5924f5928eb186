// A QR code: black on white in every colour scheme, because scanners want it so.
import { encode } from 'uqr';
import './qr.css';

const kQuietModules = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
    const { data, size } = encode(text, { ecc: 'M', border: 0 });
    const all = size + 2 * kQuietModules;
    const path = data
        .flatMap((row, y) =>
            row.flatMap((dark, x) =>
                dark ? [`M${x + kQuietModules} ${y + kQuietModules}h1v1h-1z`] : [],
            ),
        )
        .join('');
    return (
        <svg className="qr" viewBox={`0 0 ${all} ${all}`} role="img" aria-label={label}>
            <rect width={all} height={all} fill="#ffffff" />
            <path d={path} fill="#000000" shapeRendering="crispEdges" />
        </svg>
    );
}
