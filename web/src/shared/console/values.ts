// Between what the server says and what a form holds.
import type { Text } from '@/api/types';

interface MaybeText {
    zh?: string;
    en?: string;
}

export function textValue(text: MaybeText | null | undefined): Text {
    return { zh: text?.zh?.trim() ?? '', en: text?.en?.trim() ?? '' };
}

// Pictures are shown by their address and named in requests.
export function pictureName(address: string | null | undefined): string {
    return (address ?? '').replace(/^\/pictures\//, '');
}

export function pictureAddress(name: string | null | undefined): string {
    if (!name) return '';
    return name.startsWith('/') ? name : `/pictures/${name}`;
}

// Minor units as a form's text: "12.50".
export function priceText(minor: number): string {
    const digits = String(Math.abs(minor)).padStart(3, '0');
    return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
