// Lines of a file for spreadsheets (RFC 4180, with the mark that makes Excel read UTF-8).
const kByteOrderMark = '\uFEFF';

// A text, or a number as it is to stand there.
export type Cell = string | { number: string } | null | undefined;

// A text that a spreadsheet would take for a formula is marked as text; numbers stay numbers.
function cellOf(value: Cell): string {
    if (typeof value === 'object' && value !== null) return value.number;
    const text = value ?? '';
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(head: string[], rows: Cell[][]): string {
    const lines = [head, ...rows].map((row) => row.map(cellOf).join(','));
    return `${kByteOrderMark}${lines.join('\r\n')}\r\n`;
}
