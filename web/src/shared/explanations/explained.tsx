// An explanation: the server's sentences in the page's language, and what they rest on.
import type { Explanation } from '@/api/types';
import { useLanguage } from '../i18n/language';
import { useExplanationTexts } from './texts';

export function Explained({ explanation }: { explanation: Explanation }) {
    const language = useLanguage();
    const [first, ...others] = explanation.sentences[language];
    return (
        <section className="card stack" aria-live="polite">
            <p className="strong">{first}</p>
            {others.map((sentence, index) => (
                <p key={index}>{sentence}</p>
            ))}
            {explanation.refusal && <Proof refusal={explanation.refusal} />}
        </section>
    );
}

function Proof({ refusal }: { refusal: NonNullable<Explanation['refusal']> }) {
    const t = useExplanationTexts();
    const agreement = refusal.agreement as 'agrees' | 'differs' | 'unknown';
    return (
        <details>
            <summary>{t('proof')}</summary>
            <dl className="facts">
                <dt>{t('campaign')}</dt>
                <dd className="number">{refusal.campaign}</dd>
                <dt>{t('shard')}</dt>
                <dd className="number">{refusal.position.shard}</dd>
                <dt>{t('position')}</dt>
                <dd className="number">
                    {refusal.position.sequence} + {refusal.facts_before}
                </dd>
                <dt>{t('decided_at')}</dt>
                <dd className="number">
                    <time dateTime={refusal.decided_at}>{refusal.decided_at}</time>
                </dd>
                <dt>{t('agreement')}</dt>
                <dd>
                    <span className={`tag ${agreement === 'agrees' ? 'good' : ''}`}>
                        {t(agreement)}
                    </span>
                </dd>
            </dl>
        </details>
    );
}
