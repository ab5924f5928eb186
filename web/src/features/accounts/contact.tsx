// A mobile number or an e-mail address with its code, by whichever way the site can send.
import type { CodePurpose, CodeTarget, Site } from '@/api/types';
import { Field } from '@/shared/ui/field';
import { CodeField } from './code-field';
import { kRules } from './rules';
import { useAccountTexts } from './texts';

export type Way = 'mobile' | 'email';

export function waysOf(site: Site | undefined): Way[] {
    const ways: Way[] = [];
    if (site?.code_senders?.phone) ways.push('mobile');
    if (site?.code_senders?.email) ways.push('email');
    return ways;
}

type Bind = (name: Way | 'code') => {
    name: string;
    value: string;
    problem: string | undefined;
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => void;
    onBlur: () => void;
};

export function targetOf(way: Way, value: string): CodeTarget | null {
    return kRules[way](value) ? { [way]: value } : null;
}

export function ContactFields({
    way,
    purpose,
    bind,
    onFailure,
}: {
    way: Way;
    purpose: CodePurpose;
    bind: Bind;
    onFailure: (error: unknown) => void;
}) {
    const t = useAccountTexts();
    const bound = bind(way);
    return (
        <>
            <Field
                {...bound}
                label={t(way)}
                type={way === 'mobile' ? 'tel' : 'email'}
                autoComplete={way === 'mobile' ? 'tel-national' : 'email'}
                maxLength={way === 'mobile' ? 11 : 254}
            />
            <CodeField
                purpose={purpose}
                target={targetOf(way, bound.value)}
                bound={bind('code')}
                onFailure={onFailure}
            />
        </>
    );
}

export function WayChoice({
    ways,
    way,
    choose,
    optional,
}: {
    ways: Way[];
    way: Way | null;
    choose: (way: Way | null) => void;
    optional?: boolean;
}) {
    const t = useAccountTexts();
    const choices = optional ? [null, ...ways] : ways;
    return (
        <fieldset className="field choice">
            <legend className="strong">{t('contact')}</legend>
            <div className="row">
                {choices.map((one) => (
                    <label key={one ?? 'none'}>
                        <input
                            type="radio"
                            name="way"
                            checked={way === one}
                            onChange={() => choose(one)}
                        />
                        {one === null ? t('contact_none') : t(`by_${one}`)}
                    </label>
                ))}
            </div>
        </fieldset>
    );
}
