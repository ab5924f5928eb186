// A picture of a form: chosen, sent to the server at once (which gives the same picture the same
// name), shown, and taken away again. The form's value is the picture's address.
import { useId, useState } from 'react';
import type { Picture } from '@/api/console-types';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { sendBytes } from './client';
import { useConsoleTexts } from './texts';
import { pictureAddress, pictureName } from './values';

const kBytesMax = 2 * 1024 * 1024;
const kTypes = ['image/png', 'image/jpeg', 'image/webp'];

export function PictureField({
    label,
    value,
    onChange,
}: {
    label: string;
    value?: string;
    onChange?: (value: string) => void;
}) {
    const t = useConsoleTexts();
    const id = useId();
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>(null);
    const [refused, setRefused] = useState('');
    const choose = async (file: File | undefined) => {
        setError(null);
        setRefused('');
        if (!file) return;
        if (!kTypes.includes(file.type)) return setRefused(t('picture_kind'));
        if (file.size > kBytesMax) return setRefused(t('picture_large'));
        setBusy(true);
        try {
            const sent = await sendBytes<Picture>('POST', '/api/v1/pictures', file, file.type);
            onChange?.(pictureName(sent.url));
        } catch (problem) {
            setError(problem);
        }
        setBusy(false);
    };
    return (
        <div className="picture-field">
            <span className="label" id={`${id}-label`}>
                {label}
                <span className="optional">{t('optional')}</span>
            </span>
            {value && <img src={pictureAddress(value)} alt={t('picture_preview', { label })} />}
            <div className="row">
                <span className="file-button">
                    <input
                        type="file"
                        id={id}
                        accept={kTypes.join()}
                        aria-labelledby={`${id}-label ${id}-button`}
                        aria-describedby={`${id}-hint`}
                        disabled={busy}
                        onChange={(event) => {
                            void choose(event.target.files?.[0]);
                            event.target.value = '';
                        }}
                    />
                    <span className="button plain" id={`${id}-button`} aria-hidden="true">
                        {busy ? t('sending') : value ? t('picture_change') : t('picture_choose')}
                    </span>
                </span>
                {value && (
                    <Button look="link" onClick={() => onChange?.('')}>
                        {t('picture_remove')}
                    </Button>
                )}
            </div>
            <span className="muted small" id={`${id}-hint`}>
                {t('picture_hint')}
            </span>
            <div role="alert">{refused && <span className="problem">{refused}</span>}</div>
            {error !== null && <Problem error={error} />}
        </div>
    );
}
