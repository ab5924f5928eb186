import { useId, useState } from 'react';
import { Button } from '@/shared/ui/button';
import { charactersLeft, kReasons, type Reason } from './states';
import { useRefundTexts } from './texts';

export function ReasonStep({
    reason,
    note,
    onReason,
    onNote,
    onBack,
    onNext,
}: {
    reason: Reason | null;
    note: string;
    onReason: (reason: Reason) => void;
    onNote: (note: string) => void;
    onBack: () => void;
    onNext: () => void;
}) {
    const t = useRefundTexts();
    const id = useId();
    const [tried, setTried] = useState(false);
    const left = charactersLeft(note);
    return (
        <form
            className="stack"
            onSubmit={(event) => {
                event.preventDefault();
                setTried(true);
                if (reason && left >= 0) onNext();
            }}
        >
            <fieldset className="options" aria-describedby={`${id}-problem`}>
                <legend className="strong">{t('why')}</legend>
                {kReasons.map((one) => (
                    <label key={one} className="option">
                        <input
                            type="radio"
                            name={id}
                            checked={one === reason}
                            onChange={() => onReason(one)}
                        />
                        {t(one)}
                    </label>
                ))}
            </fieldset>
            <p id={`${id}-problem`} className="field-problem" role="alert">
                {tried && !reason && t('choose_reason')}
            </p>
            <div className="field">
                <label htmlFor={`${id}-note`}>{t('note')}</label>
                <textarea
                    id={`${id}-note`}
                    className="input note-input"
                    rows={3}
                    value={note}
                    aria-invalid={left < 0 || undefined}
                    aria-describedby={`${id}-hint`}
                    onChange={(event) => onNote(event.target.value)}
                />
                <span id={`${id}-hint`} className={left < 0 ? 'problem' : 'muted small'}>
                    {t('note_hint', { left })}
                </span>
            </div>
            <div className="row">
                <Button type="submit">{t('next')}</Button>
                <Button look="plain" onClick={onBack}>
                    {t('back')}
                </Button>
            </div>
        </form>
    );
}
