// The language of the pages: what the person chose, else what the browser prefers, else Chinese.
import { createStore, useStore } from '../store';
import { readStored, writeStored } from '../storage';

export type Language = 'zh' | 'en';

const kKey = 'onsale.language';

function preferred(): Language {
    const chosen = readStored<Language>(kKey);
    if (chosen === 'zh' || chosen === 'en') return chosen;
    for (const tag of navigator.languages) {
        if (/^zh\b/i.test(tag)) return 'zh';
        if (/^en\b/i.test(tag)) return 'en';
    }
    return 'zh';
}

const language = createStore<Language>(preferred());

export function currentLanguage(): Language {
    return language.get();
}

export function useLanguage(): Language {
    return useStore(language);
}

export function watchLanguage(listener: () => void): () => void {
    return language.watch(listener);
}

export function chooseLanguage(next: Language): void {
    writeStored(kKey, next);
    language.set(next);
}

// A text of the server, which always has both languages; an empty one falls back to the other.
export function textIn(
    which: Language,
    text: { zh: string; en: string } | null | undefined,
): string {
    if (!text) return '';
    return text[which] || text.zh || text.en;
}
