import { Button } from './button';
import { notify } from './notices';
import { useSharedTexts } from './texts';

export function CopyButton({ text, label }: { text: string; label?: string }) {
    const t = useSharedTexts();
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(text);
            notify({ text: t('copied') });
        } catch {
            // The browser does not let us: the person can still select it.
            window.prompt(label ?? t('copy'), text);
        }
    };
    return (
        <Button look="plain" onClick={() => void copy()}>
            {label ?? t('copy')}
        </Button>
    );
}
