// Texts of the pages. Each feature has a texts.ts with its own, in both languages; the compiler
// refuses a text that one language lacks.
import i18n from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { currentLanguage, textIn, useLanguage, watchLanguage } from './language';

void i18n.use(initReactI18next).init({
    lng: currentLanguage(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
});

function applyLanguage(): void {
    void i18n.changeLanguage(currentLanguage());
    document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
}
watchLanguage(applyLanguage);
applyLanguage();

type Texts = Record<string, string>;
// "tickets_one" and "tickets_other" are used as "tickets", with a count.
type Key<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
export type Translate<T> = (
    key: (Key<keyof T> | keyof T) & string,
    values?: Record<string, unknown>,
) => string;

// Chinese has no plural, so its texts name every key with _other only.
export function defineTexts<T extends Texts>(
    area: string,
    texts: { zh: T; en: { [K in keyof T]: string } & Texts },
): () => Translate<T> {
    i18n.addResourceBundle('zh', area, texts.zh);
    i18n.addResourceBundle('en', area, texts.en);
    return function useTexts() {
        const { t } = useTranslation(area);
        return t as unknown as Translate<T>;
    };
}

// For the server's own texts: `const text = useServerText(); text(show.name)`.
export function useServerText(): (text: { zh: string; en: string } | null | undefined) => string {
    const language = useLanguage();
    return (text) => textIn(language, text);
}
