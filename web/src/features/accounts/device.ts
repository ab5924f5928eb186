// A browser's own description, made short enough to be recognised: "Chrome · Windows".

const kBrowsers: [RegExp, string][] = [
    [/MicroMessenger/, 'WeChat'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
];
const kSystems: [RegExp, string][] = [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
];
const kLengthMax = 40;

export function deviceName(userAgent: string): string {
    const found = [kBrowsers, kSystems].flatMap((names) => {
        const name = names.find(([pattern]) => pattern.test(userAgent))?.[1];
        return name ? [name] : [];
    });
    return found.length > 0 ? found.join(' · ') : userAgent.slice(0, kLengthMax);
}
