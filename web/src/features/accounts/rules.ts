// The server's rules for fields, mirrored so that a mistake shows while typing. The server decides.

const kUsername = /^[A-Za-z][A-Za-z0-9_]{3,15}$/;
const kPassword = /^(?=.*[A-Za-z])(?=.*\d)[\x21-\x7e]{8,20}$/;
const kMobile = /^1[3-9]\d{9}$/;
const kEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const kCode = /^\d{6}$/;

export const kRules = {
    username: (text: string) => kUsername.test(text),
    password: (text: string) => kPassword.test(text),
    nickname: (text: string) => {
        const length = [...text.trim()].length;
        return length >= 1 && length <= 32;
    },
    mobile: (text: string) => kMobile.test(text),
    email: (text: string) => text.length <= 254 && kEmail.test(text),
    code: (text: string) => kCode.test(text),
} as const;

export type Rule = keyof typeof kRules;

// The field of a form that an error code of the server is about.
const kFieldOfCode: Record<string, string> = {
    username_invalid: 'username',
    username_taken: 'username',
    password_invalid: 'password',
    nickname_missing: 'nickname',
    nickname_invalid: 'nickname',
    mobile_invalid: 'mobile',
    mobile_taken: 'mobile',
    email_invalid: 'email',
    email_taken: 'email',
    code_wrong: 'code',
    code_too_soon: 'code',
    code_expired: 'code',
};
const kFieldOfName: Record<string, string> = { mobile_code: 'code', email_code: 'code' };

export function fieldOf(error: { code: string; field?: string }): string | undefined {
    const named = error.field && (kFieldOfName[error.field] ?? error.field);
    return kFieldOfCode[error.code] ?? named;
}
