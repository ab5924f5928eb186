// Amounts between people and the interface: there they are whole minor units, here yuan with at most
// two decimals.
const kForm = /^(\d{1,11})(?:\.(\d{1,2}))?$/;

// The minor units of what was typed ("12.5" is 1250); null when it is no amount.
export function minorOf(text: string): number | null {
    const found = kForm.exec(text.trim());
    if (!found) return null;
    const [, whole = '0', part = ''] = found;
    return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

// An amount as a field of a form holds it, also a negative one: "-12.50".
export function amountText(minor: number): string {
    const digits = String(Math.abs(minor)).padStart(3, '0');
    return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
