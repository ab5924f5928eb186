import { useConsoleTexts } from './texts';

const kLooks = {
    upcoming: 'accent',
    current: 'good',
    ended: '',
    cancelled: 'bad',
    uploading: '',
    checking: 'accent',
    faulty: 'bad',
    ready: 'accent',
    running: 'accent',
    done: 'good',
    failed: 'bad',
    on: 'good',
    failing: 'bad',
    off: '',
    none: '',
    clean: 'good',
    breaches: 'bad',
} as const;
type Known = keyof typeof kLooks;

export function StateTag({ state }: { state: string }) {
    const t = useConsoleTexts();
    if (!(state in kLooks)) return <span className="tag">{state}</span>;
    const known = state as Known;
    return <span className={`tag ${kLooks[known]}`}>{t(`state_${known}`)}</span>;
}
